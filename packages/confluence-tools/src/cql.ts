import { cql, parseCql, print } from '@telamon/query'
import type { Query } from '@telamon/query'
import { ToolError } from '@telamon/tool-registry'

/** A query as it is sent, and what was made of the caller's words. */
export interface SentQuery {
  readonly text: string
  readonly notes: readonly string[]
}

/** Signs that no plain text of words holds, and a query nearly always. */
const signs = /[=~<>!()]/

/**
 * The query for what a caller wrote: CQL, or plain words, which are searched for everywhere; within some spaces if any are
 * named.
 *
 * @throws ToolError when CQL cannot be read and has to be put together with the spaces.
 */
export function queryFor(written: string, spaces: readonly string[] | undefined): SentQuery {
  const { query, errors } = parseCql(written)
  const isPlain = errors.length > 0 && !signs.test(written)
  if (isPlain) {
    const text = within(cql`siteSearch ~ ${cql.text(written)}`, spaces)
    return { text, notes: [`Searched for the words, as CQL: ${text}`] }
  }
  if (!spaces || spaces.length === 0) return { text: written, notes: [] }
  const [error] = errors
  if (error) {
    throw new ToolError({
      code: 'invalid_input',
      message: error.message,
      next: 'Correct cql and call again.',
    })
  }
  return { text: within(query, spaces), notes: [] }
}

function within(query: Query, spaces: readonly string[] | undefined): string {
  if (!spaces || spaces.length === 0) return print(query)
  const clauses = [cql`space in (${spaces})`.where, query.where].filter((node) => node !== undefined)
  return print({ ...query, where: { type: 'and', clauses, span: query.span } })
}
