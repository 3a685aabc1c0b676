import type { Jira } from '@telamon/jira'
import { fence } from '@telamon/tool-registry'

/**
 * Why a search found nothing. Jira answers a query with an unknown name by an empty list (recorded), so its parser is
 * asked as well; it knows the names that this person may see.
 */
export async function explainEmpty(jql: string, jira: Jira, signal: AbortSignal): Promise<string> {
  const [parsed] = await jira.jql.parse([jql], { validation: 'strict', signal })
  const reasons = [...(parsed?.errors ?? []), ...(parsed?.warnings ?? [])]
  if (reasons.length === 0)
    return 'No issue matches, or none that this person may see. The query itself is sound.'
  return [
    'Nothing was found because Jira does not understand a part of the query:',
    fence(reasons.join('\n'), { source: 'what Jira says of the query' }),
    'Correct it and search again. listJiraProjects shows project keys, lookupJiraAccountId finds people.',
  ].join('\n')
}
