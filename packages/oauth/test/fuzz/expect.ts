/** An invariant that does not hold. */
class Broken extends Error {
  override readonly name = 'Broken'
}

/** Holds what is there against what has to be. */
export function hold(invariant: string, actual: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)]
  if (is !== should) throw new Broken(`${invariant}: ${is} instead of ${should}`)
}
