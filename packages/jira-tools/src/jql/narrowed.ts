import { jql, parseJql, print } from '@telamon/query'
import type { Node, Query } from '@telamon/query'
import { ToolError } from '@telamon/tool-registry'

/**
 * A query that finds what another finds within some projects, in the same order.
 *
 * @throws ToolError when the query cannot be read; Jira would refuse it too.
 */
export function narrowed(text: string, projects: readonly string[] | undefined): string {
  if (!projects || projects.length === 0) return text
  const { query, errors } = parseJql(text)
  const [error] = errors
  if (error) {
    throw new ToolError({
      code: 'invalid_input',
      message: error.message,
      next: 'Correct jql and call again.',
    })
  }
  const within = jql`project in (${projects})`
  return print({ ...query, where: both(within.where, query) })
}

/** Conjunctions hold no conjunctions. */
function both(first: Node | undefined, { where, span }: Query): Node {
  const clauses = [first, where].flatMap((node) =>
    node === undefined ? [] : node.type === 'and' ? node.clauses : [node],
  )
  const [only] = clauses
  return only !== undefined && clauses.length === 1 ? only : { type: 'and', clauses, span }
}
