import type { CachedConnection, ConnectionCache } from '../src/index.ts'

/** A cache that lives as long as the test. */
export function memoryCache(kept?: CachedConnection): ConnectionCache {
  let current = kept
  return {
    read: async () => current,
    write: async (value) => void (current = value),
    remove: async () => void (current = undefined),
  }
}
