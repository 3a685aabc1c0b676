import { getTransitions, submitBulkTransition } from '@telamon/jira/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { followed, followOperations } from '../bulk/followed.ts'
import { BulkIssues, BulkOutput, keysOn, Notify } from '../bulk/params.ts'
import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { fold, quoted } from '../names/nearest.ts'
import { CloudId, NumberOrWords } from '../params.ts'

export const bulkTransitionJiraIssues = defineTool({
  name: 'bulkTransitionJiraIssues',
  title: 'Move many Jira issues to another status',
  description:
    'Does the same transition with up to 1,000 issues, named by itself or by the status it leads to. Says which issues it did not fit.',
  tier: 'write',
  product: 'jira',
  reportsProgress: true,
  uses: [submitBulkTransition, getTransitions, ...followOperations],
  accepts: {
    move: {
      issueIdsOrKeys: 'issues',
      transitionId: 'transition',
      transitionName: 'transition',
      status: 'transition',
    },
  },
  input: z.strictObject({
    cloudId: CloudId,
    issues: BulkIssues,
    transition: NumberOrWords.describe('Its name or id, or the status it leads to.'),
    notify: Notify,
  }),
  output: BulkOutput,
  async run({ issues, transition, notify }, { jira, site }, context) {
    const { signal } = context
    const keys = keysOn(site, issues)
    const transitionId = await transitionOf(keys[0] ?? '', transition, { jira, signal })
    const change = { issues: keys, transitionId, ...(notify !== undefined && { notify }) }
    const { id } = await jira.bulk.transition(change, { signal })
    return followed(jira, id, context)
  },
})

/** Found on the first issue: a bulk transition fits only issues that have it. */
async function transitionOf(key: string, word: string, { jira, signal }: Asking): Promise<string> {
  const known = await jira.issues.transitions(key, { signal })
  const names = [({ id }: Known) => id, ({ name }: Known) => name, ({ to }: Known) => to?.name]
  for (const nameIn of names) {
    const [found, ...others] = known.filter((one) => fold(nameIn(one) ?? '') === fold(word))
    if (found?.id !== undefined && others.length === 0) return found.id
  }
  throw new ToolError({
    code: 'invalid_input',
    message: `${key} has no transition ${quoted(word)} now, or several.`,
    next: `Use one of these: ${known.map(({ id, name, to }) => `${oneLine(name)} to ${oneLine(to?.name ?? '')} (${id})`).join(', ') || 'none is possible'}.`,
  })
}

interface Known {
  readonly id?: string
  readonly name?: string
  readonly to?: { readonly name?: string }
}
