import { getTransitions } from '@telamon/jira/operations'
import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'
import { transitionLine } from '../views/transition.ts'

export const listJiraIssueTransitions = defineTool({
  name: 'listJiraIssueTransitions',
  title: 'List what can be done with an issue now',
  description:
    'The transitions of the workflow that this person can do with an issue now: id, name, status it leads to, fields it asks for.',
  tier: 'read',
  product: 'jira',
  uses: [getTransitions],
  accepts: {
    move: issueSpellings,
    ignore: [
      'expand',
      'transitionId',
      'skipRemoteOnlyCondition',
      'includeUnavailableTransitions',
      'sortByOpsBarAndStatus',
    ],
  },
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueRef }),
  async run({ issueIdOrKey }, { jira, site }, { signal }) {
    const key = keyOn(site, issueIdOrKey)
    const transitions = await jira.issues.transitions(key, { withFields: true, signal })
    if (transitions.length === 0) return { text: `This person can do no transition with ${key} now.` }
    return { text: fence(transitions.map(transitionLine).join('\n'), { source: `transitions of ${key}` }) }
  },
})
