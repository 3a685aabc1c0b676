/** A pair of positions that hold the same thing, in the old list and in the new one. */
export type Match = readonly [before: number, after: number]

/** Differences beyond which only what is unmistakable is matched, so that the time stays bounded. */
const mostEdits = 600

/**
 * The longest run of equal keys common to two lists, in order (Myers 1986, O(ND)). Empty keys match nothing.
 * @see https://doi.org/10.1007/BF01840446
 */
export function matchKeys(before: readonly string[], after: readonly string[]): readonly Match[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end += 1
  }
  const matches: Match[] = []
  for (let index = 0; index < start; index += 1) matches.push([index, index])
  const left = before.slice(start, before.length - end)
  const right = after.slice(start, after.length - end)
  for (const [x, y] of myers(left, right) ?? unmistakable(left, right)) matches.push([x + start, y + start])
  for (let index = end; index > 0; index -= 1) matches.push([before.length - index, after.length - index])
  return matches
}

/** Undefined when the lists differ by more than is worth the time. */
function myers(before: readonly string[], after: readonly string[]): readonly Match[] | undefined {
  const { length: n } = before
  const { length: m } = after
  if (n === 0 || m === 0) return []
  const most = Math.min(n + m, mostEdits)
  const offset = most + 1
  let reach = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice())
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const isDown =
        diagonal === -edits ||
        (diagonal !== edits && at(reach, offset + diagonal - 1) < at(reach, offset + diagonal + 1))
      let x = isDown ? at(reach, offset + diagonal + 1) : at(reach, offset + diagonal - 1) + 1
      while (x < n && x - diagonal < m && before[x] === after[x - diagonal]) x += 1
      reach[offset + diagonal] = x
      if (x >= n && x - diagonal >= m) return walkBack(trace, { n, m, offset })
    }
    reach = reach.slice()
  }
  return undefined
}

function at(list: Int32Array, index: number): number {
  return list[index] ?? 0
}

function walkBack(
  trace: readonly Int32Array[],
  { n, m, offset }: { readonly n: number; readonly m: number; readonly offset: number },
): readonly Match[] {
  const matches: Match[] = []
  let x = n
  let y = m
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array()
    const diagonal = x - y
    const isDown =
      diagonal === -edits ||
      (diagonal !== edits && at(reach, offset + diagonal - 1) < at(reach, offset + diagonal + 1))
    const from = isDown ? diagonal + 1 : diagonal - 1
    const fromX = edits === 0 ? 0 : at(reach, offset + from)
    const fromY = edits === 0 ? 0 : fromX - from
    while (x > fromX && y > fromY) {
      x -= 1
      y -= 1
      matches.push([x, y])
    }
    x = fromX
    y = fromY
  }
  return matches.toReversed()
}

/** Keys that occur once on either side and keep their order. */
function unmistakable(before: readonly string[], after: readonly string[]): readonly Match[] {
  const places = new Map<string, number>()
  for (const [index, key] of before.entries()) places.set(key, places.has(key) ? -1 : index)
  const seen = new Set<string>()
  const matches: Match[] = []
  let last = -1
  for (const [index, key] of after.entries()) {
    const place = places.get(key) ?? -1
    if (place > last && !seen.has(key)) {
      matches.push([place, index])
      last = place
    }
    seen.add(key)
  }
  return matches
}
