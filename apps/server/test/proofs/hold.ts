/** Holds what is there against what has to be. */
export function hold(what: string, actual: unknown, wanted: unknown): void {
  const [is, should] = [actual, wanted].map((value) => JSON.stringify(value))
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`)
}
