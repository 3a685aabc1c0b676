import { getTransitions } from '@telamon/jira/operations'
import { fence } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, IssueKey } from '../params.ts'
import { transitionLine } from '../views/transition.ts'

export const listJiraIssueTransitions = defineTool({
  name: 'listJiraIssueTransitions',
  title: 'List what can be done with an issue now',
  description:
    'The transitions of the workflow that this person can do with an issue now, with the status each leads to.',
  tier: 'read',
  product: 'jira',
  uses: [getTransitions],
  input: z.strictObject({ cloudId: CloudId, issueIdOrKey: IssueKey }),
  async run({ issueIdOrKey }, { jira }, { signal }) {
    const transitions = await jira.issues.transitions(issueIdOrKey, { withFields: true, signal })
    if (transitions.length === 0)
      return { text: `Nothing can be done with ${issueIdOrKey} now by this person.` }
    return {
      text: fence(transitions.map(transitionLine).join('\n'), { source: `transitions of ${issueIdOrKey}` }),
    }
  },
})
