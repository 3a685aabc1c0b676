import type { AuthStrategy } from './auth/strategy.ts'
import type { Hooks } from './hooks.ts'
import type { RestOptions, Timeouts } from './options.ts'

/** Options with their defaults: what all calls of one client share. */
export interface Connection extends Pick<RestOptions, 'language' | 'sleep' | 'observe'> {
  readonly auth: AuthStrategy
  readonly hooks: readonly Hooks[]
  readonly fetch: typeof globalThis.fetch
  readonly userAgent: string
  readonly timeouts: Required<Timeouts>
  readonly now: () => number
  readonly random: () => number
}

const defaults: Required<Timeouts> = {
  attemptMs: 30_000,
  totalMs: 120_000,
  idleMs: 30_000,
  longestWaitMs: 30_000,
}

/** Puts the defaults in. */
export function connect(options: RestOptions): Connection {
  const { hooks = [], userAgent = 'telamon-rest', fetch = globalThis.fetch } = options
  const { now = Date.now, random = Math.random } = options
  return {
    ...options,
    hooks: [hooks].flat(),
    fetch,
    userAgent,
    timeouts: { ...defaults, ...options.timeouts },
    now,
    random,
  }
}
