import { jql, parseJql, print } from '@telamon/query'
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
  const within = jql`project in (${projects})`.where
  const clauses = [within, query.where].filter((node) => node !== undefined)
  return print({ ...query, where: { type: 'and', clauses, span: query.span } })
}
