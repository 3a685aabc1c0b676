import type { Rows } from './row-store.ts'

/** Memory that threads share: a lock, and the rows as text. */
export function createSharedMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(1 << 16)
}

/** Rows in shared memory. A transaction holds the lock, so that one thread at a time reads and writes. */
export function openSharedRows(memory: SharedArrayBuffer): Rows {
  const lock = new Int32Array(memory, 0, 2)
  const bytes = new Uint8Array(memory, 8)
  let rows = new Map<string, string>()
  return {
    get: (id) => rows.get(id),
    set: (id, row) => void rows.set(id, row),
    remove: (id) => void rows.delete(id),
    ids: () => [...rows.keys()],
    atomically(work) {
      while (Atomics.compareExchange(lock, 0, 0, 1) !== 0) Atomics.wait(lock, 0, 1)
      try {
        const length = lock[1] ?? 0
        rows = new Map(length > 0 ? JSON.parse(new TextDecoder().decode(bytes.slice(0, length))) : [])
        const result = work()
        const text = new TextEncoder().encode(JSON.stringify([...rows]))
        bytes.set(text)
        lock[1] = text.length
        return result
      } finally {
        Atomics.store(lock, 0, 0)
        Atomics.notify(lock, 0, 1)
      }
    },
  }
}
