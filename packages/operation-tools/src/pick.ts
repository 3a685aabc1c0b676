/** The members of an answer that somebody asked for, by dotted paths that go through lists: `values.name`. */
export function pick(value: unknown, paths: readonly string[]): unknown {
  return picked(
    value,
    paths.map((path) => path.split('.')),
  )
}

function picked(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (paths.some((path) => path.length === 0)) return value
  if (Array.isArray(value)) return value.map((item) => picked(item, paths))
  if (typeof value !== 'object' || value === null) return value
  const wanted = Map.groupBy(paths, ([first = '']) => first)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => wanted.has(name))
      .map(([name, member]) => [
        name,
        picked(
          member,
          (wanted.get(name) ?? []).map((path) => path.slice(1)),
        ),
      ]),
  )
}
