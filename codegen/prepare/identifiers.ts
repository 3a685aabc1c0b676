/** Names that TypeScript can say, and that the type generator makes the same of. */

/** `searchByCQL` → `searchByCql`, `Resource.get_things` → `resourceGetThings`. */
export function toIdentifier(id: string): string {
  const joined = id.replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, next: string) => next.toUpperCase())
  const folded = joined.replace(/[A-Z]{2,}/g, (run, at: number) => {
    const next = joined[at + run.length]
    const kept = next !== undefined && /[a-z]/.test(next) ? 1 : 0
    const end = run.length - kept
    return run[0] + run.slice(1, end).toLowerCase() + run.slice(end)
  })
  return folded[0]?.toLowerCase() + folded.slice(1)
}

/** The name that the type generator derives types from. */
export const toTypeName = (identifier: string): string => identifier[0]?.toUpperCase() + identifier.slice(1)

/** The readable name of a schema: endings that tell of Java classes go. */
export const toSchemaName = (name: string): string =>
  name
    .replace(/(Json)?Bean(?=$|[A-Z])/g, '')
    .replace(/^PageBean2?/, 'Page')
    .replace(/Jackson1$|JsonSchema$/, '') || name
