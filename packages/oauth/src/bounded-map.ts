/** A map that forgets the entry that was not touched for longest when it grows beyond its size. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined
  readonly set: (key: string, value: Value) => void
  readonly delete: (key: string) => boolean
  readonly size: () => number
}

/** Makes an empty one. `onEvict` is told what was forgotten for want of room. */
export function createBoundedMap<Value>(
  most: number,
  onEvict?: (key: string, value: Value) => void,
): BoundedMap<Value> {
  const entries = new Map<string, Value>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= most) return
      for (const [oldest, evicted] of entries) {
        entries.delete(oldest)
        onEvict?.(oldest, evicted)
        break
      }
    },
    delete: (key) => entries.delete(key),
    size: () => entries.size,
  }
}
