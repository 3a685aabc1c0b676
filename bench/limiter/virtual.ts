/** Virtual time: nothing sleeps, and a day passes in seconds. */
interface Sleeper {
  readonly at: number
  readonly order: number
  readonly wake: () => void
  gone: boolean
}

export interface World {
  readonly now: () => number
  readonly sleep: (milliseconds: number, options?: { readonly signal?: AbortSignal }) => Promise<void>
  /** Lets time pass. */
  readonly run: (until: number) => Promise<void>
}

const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

/**
 * A world whose clock begins at `start`, in milliseconds since 1970.
 *
 * @param isBusy whether something is under way that takes no time here, and has to end before time passes
 */
export function createWorld(start: number, isBusy: () => boolean = () => false): World {
  const heap: Sleeper[] = []
  let now = start
  let count = 0
  const before = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
  const push = (item: Sleeper): void => {
    heap.push(item)
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1
      const [child, above] = [heap[at], heap[parent]]
      if (!child || !above || !before(child, above)) return
      heap[at] = above
      heap[parent] = child
      at = parent
    }
  }
  const pop = (): Sleeper | undefined => {
    const [first] = heap
    const last = heap.pop()
    if (!last || heap.length === 0) return first
    heap[0] = last
    for (let at = 0; ;) {
      const left = 2 * at + 1
      const [l, r] = [heap[left], heap[left + 1]]
      const least = r && l && before(r, l) ? left + 1 : left
      const [child, mine] = [heap[least], heap[at]]
      if (!child || !mine || !before(child, mine)) return first
      heap[at] = child
      heap[least] = mine
      at = least
    }
  }
  return {
    now: () => now,
    sleep: (milliseconds, { signal } = {}) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = { at: now + milliseconds, order: (count += 1), wake: resolve, gone: false }
        push(sleeper)
        signal?.addEventListener('abort', () => {
          sleeper.gone = true
          resolve()
        })
      }),
    async run(until) {
      do await settled()
      while (isBusy())
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop()
        if (next.gone) continue
        now = Math.max(now, next.at)
        next.wake()
        do await settled()
        while (isBusy())
      }
      now = until
    },
  }
}

/** A generator of numbers from 0 to 1 that repeats itself with its seed. */
export function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e_37_79_b9) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 3_266_489_917)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
}
