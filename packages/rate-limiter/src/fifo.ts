/** A queue, first in first out, without moving what is in it. */
export interface Fifo<Item> {
  readonly push: (item: Item) => void
  readonly peek: () => Item | undefined
  readonly shift: () => Item | undefined
  readonly isEmpty: () => boolean
}

/** An array with a moving head. What was taken is cut off in large pieces. */
export function createFifo<Item>(): Fifo<Item> {
  let items: Item[] = []
  let head = 0
  return {
    push: (item) => {
      items.push(item)
    },
    peek: () => items[head],
    shift() {
      const item = items[head]
      if (item === undefined) return undefined
      head += 1
      if (head > 256 && head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
    isEmpty: () => head >= items.length,
  }
}
