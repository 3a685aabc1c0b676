/** The query of a request, read by name and type. */
export interface Query {
  /** The last value of that name. Empty counts as absent. */
  text(name: string): string | undefined
  /** All values, whether the name was repeated or the values were joined by commas. */
  list(name: string): readonly string[]
  /** A whole number; anything else is refused in the manner of the product. */
  integer(name: string, fallback: number): number
  /** `true` in any case. */
  flag(name: string, fallback?: boolean): boolean
  readonly names: readonly string[]
}

/** @param unreadable ends the call when a value cannot be converted */
export function createQuery(
  parameters: URLSearchParams,
  unreadable: (name: string, value: string) => never,
): Query {
  const text = (name: string): string | undefined => parameters.getAll(name).at(-1) || undefined
  return {
    text,
    list: (name) =>
      parameters
        .getAll(name)
        .flatMap((value) => value.split(','))
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    integer(name, fallback) {
      const value = text(name)
      if (value === undefined) return fallback
      return /^[-+]?\d{1,15}$/.test(value) ? Number(value) : unreadable(name, value)
    },
    flag: (name, fallback = false) => {
      const value = text(name)
      return value === undefined ? fallback : value.toLowerCase() === 'true'
    },
    names: [...new Set(parameters.keys())],
  }
}
