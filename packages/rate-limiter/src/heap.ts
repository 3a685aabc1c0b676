/** A queue that gives the smallest first. */
export interface Heap<Item> {
  readonly push: (item: Item) => void
  readonly peek: () => Item | undefined
  readonly pop: () => Item | undefined
  readonly size: () => number
  /** Forgets what need not be kept. */
  readonly keep: (isWanted: (item: Item) => boolean) => void
}

/** A binary heap over one number an item. */
export function createHeap<Item>(rank: (item: Item) => number): Heap<Item> {
  let items: Item[] = []
  const before = (a: number, b: number): boolean => {
    const [left, right] = [items[a], items[b]]
    return left !== undefined && right !== undefined && rank(left) < rank(right)
  }
  const swap = (a: number, b: number): void => {
    const [left, right] = [items[a], items[b]]
    if (left === undefined || right === undefined) return
    items[a] = right
    items[b] = left
  }
  const sink = (): void => {
    for (let at = 0; ;) {
      const left = 2 * at + 1
      const least = before(left + 1, left) ? left + 1 : left
      if (!before(least, at)) return
      swap(least, at)
      at = least
    }
  }
  return {
    push(item) {
      items.push(item)
      for (let at = items.length - 1; at > 0;) {
        const parent = (at - 1) >> 1
        if (!before(at, parent)) return
        swap(at, parent)
        at = parent
      }
    },
    peek: () => items[0],
    size: () => items.length,
    keep(isWanted) {
      // A sorted list is a heap.
      items = items.filter(isWanted).toSorted((a, b) => rank(a) - rank(b))
    },
    pop() {
      const [first] = items
      const last = items.pop()
      if (items.length > 0 && last !== undefined) {
        items[0] = last
        sink()
      }
      return first
    },
  }
}
