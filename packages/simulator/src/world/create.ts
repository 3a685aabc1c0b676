import type { World } from './model.ts'

/** A world without people and sites. */
export function createWorld(createdAt: number): World {
  return {
    format: 2,
    createdAt,
    people: new Map(),
    sites: new Map(),
    auth: {
      apps: new Map(),
      grants: new Map(),
      codes: new Map(),
      accessTokens: new Map(),
      families: new Map(),
      refreshTokens: new Map(),
      apiTokens: new Map(),
    },
    sequences: new Map(),
  }
}
