import type { QueryError } from './errors.ts'
import { place } from './errors.ts'
import type { Problem } from './evaluate/problem.ts'

const widest = 160

/**
 * Says what is wrong with a query so that the next attempt can be right: the service's sentence, the line with the
 * place marked, the nearest known name, and what may stand there.
 */
export function explain(text: string, finding: QueryError | Problem): string {
  const lines = [finding.message, ...marked(text, finding.span)]
  if ('reason' in finding && !finding.message.includes(finding.reason)) lines.splice(1, 0, finding.reason)
  if ('suggestion' in finding) lines.push(`Did you mean '${finding.suggestion}'?`)
  if ('allowed' in finding && finding.allowed) lines.push(`Allowed: ${finding.allowed.join(', ')}`)
  return lines.join('\n')
}

/** The line of a span, cut to a readable width, and carets below. */
function marked(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly string[] {
  const column = place(text, start).character - 1
  const lineStart = start - column
  const [line = ''] = text.slice(lineStart).split(/\r\n|[\r\n]/, 1)
  const from = Math.max(0, Math.min(column - widest / 2, line.length - widest))
  const shown = line.slice(from, from + widest).replaceAll('\t', ' ')
  const length = Math.max(1, Math.min(end - start, from + shown.length - column))
  return [shown, `${' '.repeat(column - from)}${'^'.repeat(length)}`]
}
