/** Where something stands, outermost last. It is written out when there is something to say about it. */
export interface Path {
  readonly up: Path | undefined
  readonly key: number | string
}

/** The document itself. */
export const root: Path = { up: undefined, key: '' }

/** What stands in it under this name or number. */
export function within(up: Path, key: number | string): Path {
  return { up, key }
}

/** A path as people write it, such as `content[3].attrs.level`. */
export function textOfPath({ up, key }: Path): string {
  if (!up) return ''
  const before = textOfPath(up)
  if (typeof key === 'number') return `${before}[${key}]`
  const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key.slice(0, 40))
  return before === '' ? name : `${before}.${name}`
}
