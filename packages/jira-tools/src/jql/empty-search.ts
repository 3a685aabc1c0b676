import { parseJqlQueries } from '@telamon/jira/operations'
import { isAtlassianError } from '@telamon/rest'
import { fence } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { hintOperations, hintsFor } from './hints.ts'

/** The operations that explaining an empty answer may call. */
export const explainOperations = [parseJqlQueries, ...hintOperations] as const

/**
 * Why a search found nothing. Jira answers a query with an unknown name by an empty list (recorded), so its parser is
 * asked as well; it knows the names that this person may see.
 */
export async function explainEmpty(jql: string, asking: Asking): Promise<string> {
  const reasons = await reasonsFor(jql, asking)
  if (reasons === undefined)
    return 'No issue matches, or none that this person may see. Jira could not say whether it knows every name in the query.'
  if (reasons.length === 0)
    return 'No issue matches, or none that this person may see. Every name in the query is known to Jira.'
  const hints = await hintsFor(jql, reasons, asking)
  return [
    'Nothing was found because Jira does not know a part of the query:',
    fence([...reasons, ...hints].join('\n'), { source: 'what Jira says of the query' }),
    'Correct it and search again.',
  ].join('\n')
}

/** What Jira's parser finds wrong; undefined when it gives no answer, which is no reason to lose the search's own. */
async function reasonsFor(jql: string, { jira, signal }: Asking): Promise<readonly string[] | undefined> {
  try {
    const [parsed] = await jira.jql.parse([jql], { validation: 'strict', signal })
    return [...(parsed?.errors ?? []), ...(parsed?.warnings ?? [])]
  } catch (error) {
    if (!isAtlassianError(error) || error.code === 'aborted') throw error
    return undefined
  }
}
