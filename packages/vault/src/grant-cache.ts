/** Holds one value a grant in memory, for one generation and a limited time. */
export interface GrantCache<Value> {
  readonly get: (grantId: string, generation: number) => Value | undefined
  readonly set: (grantId: string, generation: number, value: Value) => void
  readonly delete: (grantId: string) => void
}

/** The bounds of a {@link GrantCache}. The oldest entry makes room. */
export interface GrantCacheOptions {
  readonly now: () => number
  readonly lifetimeMs: number
  readonly size: number
}

/** Makes an empty cache. A newer generation replaces an older one, and an older one is never answered. */
export function createGrantCache<Value>({ now, lifetimeMs, size }: GrantCacheOptions): GrantCache<Value> {
  const entries = new Map<string, { generation: number; until: number; value: Value }>()
  return {
    get(grantId, generation) {
      const entry = entries.get(grantId)
      if (entry === undefined) return undefined
      if (entry.generation === generation && entry.until > now()) return entry.value
      if (entry.generation <= generation) entries.delete(grantId)
      return undefined
    },
    set(grantId, generation, value) {
      entries.delete(grantId)
      entries.set(grantId, { generation, until: now() + lifetimeMs, value })
      const [oldest] = entries.keys()
      if (entries.size > size && oldest !== undefined) entries.delete(oldest)
    },
    delete: (grantId) => void entries.delete(grantId),
  }
}
