import { randomUUID } from 'node:crypto'

import type { UpstreamOptions, UpstreamStatistics } from './upstream.ts'

/** What a token endpoint issues. */
export interface TokenPair {
  readonly access: string
  readonly refresh: string
}

/** Token families with rotation and a reuse interval, as Atlassian documents them. */
export interface Families {
  readonly begin: () => TokenPair
  /** Undefined: refused, and the family is dead. */
  readonly refresh: (token: string) => TokenPair | undefined
  readonly isGood: (access: string) => boolean
  readonly endAll: () => void
  readonly dropAccess: () => void
  readonly statistics: () => UpstreamStatistics
}

interface Family {
  dead: boolean
}

interface RefreshToken {
  readonly family: Family
  readonly children: RefreshToken[]
  usedAt?: number
}

/** Makes the bookkeeping of a token endpoint. Each change is done before it is answered. */
export function createFamilies({
  now,
  accessLifetimeMs,
  reuseMs,
}: Required<Pick<UpstreamOptions, 'now' | 'accessLifetimeMs' | 'reuseMs'>>): Families {
  const refreshTokens = new Map<string, RefreshToken>()
  const accessTokens = new Map<string, { readonly family: Family; readonly until: number }>()
  const count = { refreshes: 0, reuses: 0, deadFamilies: 0 }

  const issue = (token: RefreshToken): TokenPair => {
    const pair = { access: `at-${randomUUID()}`, refresh: `rt-${randomUUID()}` }
    refreshTokens.set(pair.refresh, token)
    accessTokens.set(pair.access, { family: token.family, until: now() + accessLifetimeMs })
    return pair
  }

  return {
    begin: () => issue({ family: { dead: false }, children: [] }),

    refresh(text) {
      const token = refreshTokens.get(text)
      if (token === undefined || token.family.dead) return undefined
      const isReuse = token.usedAt !== undefined
      const isLate = now() - (token.usedAt ?? now()) > reuseMs
      if (isLate || token.children.some(({ usedAt }) => usedAt !== undefined)) {
        token.family.dead = true
        count.deadFamilies += 1
        return undefined
      }
      token.usedAt ??= now()
      count.refreshes += 1
      if (isReuse) count.reuses += 1
      const child: RefreshToken = { family: token.family, children: [] }
      token.children.push(child)
      return issue(child)
    },

    isGood(access) {
      const token = accessTokens.get(access)
      return token !== undefined && !token.family.dead && token.until > now()
    },

    endAll() {
      for (const { family } of refreshTokens.values()) family.dead = true
    },
    dropAccess: () => accessTokens.clear(),
    statistics: () => ({ ...count }),
  }
}
