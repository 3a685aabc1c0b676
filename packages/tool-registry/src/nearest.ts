/** The known name that was most likely meant, or none. Case, hyphens and underscores do not count. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  const wanted = plain(given)
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const name of known) {
    const candidate = plain(name)
    const distance = alike(wanted, candidate) ? 0.5 : editDistance(wanted, candidate)
    if (distance <= allowance(wanted, candidate) && distance < (best?.distance ?? Infinity)) {
      best = { name, distance }
    }
  }
  return best?.name
}

const longest = 64

function plain(name: string): string {
  return name
    .slice(0, longest)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

/** One name holds the other whole, as `issue` and `issueIdOrKey` do. */
function alike(a: string, b: string): boolean {
  return a !== b && Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a))
}

/** A third of the longer name may differ. */
function allowance(a: string, b: string): number {
  return Math.max(1, Math.floor(Math.max(a.length, b.length) / 3))
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
