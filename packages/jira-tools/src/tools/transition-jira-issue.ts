import type { Transition } from '@telamon/jira'
import { doTransition, getTransitions } from '@telamon/jira/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { encodeValues } from '../fields/encode.ts'
import { writableField } from '../fields/metadata.ts'
import { fold } from '../names/nearest.ts'
import { accountIdOf, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueKey } from '../params.ts'
import { writtenText } from '../rich-text.ts'
import { transitionLine } from '../views/transition.ts'

export const transitionJiraIssue = defineTool({
  name: 'transitionJiraIssue',
  title: 'Move a Jira issue to another status',
  description:
    'Does a transition of the workflow. transitionName takes the name of the transition or of the status that is wanted, such as Done.',
  tier: 'write',
  product: 'jira',
  uses: [doTransition, getTransitions, ...personOperations],
  accepts: {
    move: { 'transition.id': 'transitionId', 'transition.name': 'transitionName', status: 'transitionName' },
    parse: ['fields'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueKey,
    transitionId: z.coerce
      .string()
      .regex(/^\d+$/, 'has to be the id of a transition')
      .optional()
      .describe('Its id, from listJiraIssueTransitions.'),
    transitionName: z.string().min(1).optional().describe('Its name, or the name of the status it leads to.'),
    comment: z.string().min(1).optional().describe('A comment to add with it, in Markdown.'),
    fields: FieldValues.optional(),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), transition: z.string(), status: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { issueIdOrKey, fields = {}, comment, contentFormat = 'markdown' } = input
    const notes: string[] = []
    const transitions = await jira.issues.transitions(issueIdOrKey, { withFields: true, signal })
    const chosen = choose(input, transitions)
    const raw = await encodeValues(
      fields,
      Object.entries(chosen.fields ?? {}).map(([id, field]) => writableField(field, id)),
      {
        accountIdOf: (person) => accountIdOf(person, { jira }, signal),
        format: contentFormat,
        note: (remark) => notes.push(remark),
      },
    )
    const written = comment === undefined ? undefined : writtenText(comment, contentFormat)
    await jira.issues.transition(
      issueIdOrKey,
      { id: chosen.id ?? '' },
      { raw, signal, ...(written && { comment: written.document }) },
    )
    const [transition, status] = [oneLine(chosen.name ?? ''), oneLine(chosen.to?.name ?? '')]
    const url = `${site.url}/browse/${issueIdOrKey}`
    return {
      text: `${issueIdOrKey} is now ${status} (transition ${transition}): ${url}`,
      data: { key: issueIdOrKey, transition, status, url },
      notes: [...notes, ...(written?.notes ?? [])],
    }
  },
})

interface Wanted {
  readonly issueIdOrKey: string
  readonly transitionId?: string | undefined
  readonly transitionName?: string | undefined
}

/** The name of a transition goes before the name of a status. */
function choose(
  { issueIdOrKey, transitionId, transitionName }: Wanted,
  transitions: readonly Transition[],
): Transition {
  const named = (nameOf: (one: Transition) => string | undefined): readonly Transition[] =>
    transitions.filter((one) => fold(nameOf(one) ?? '') === fold(transitionName ?? ''))
  const byName = named(({ name }) => name)
  const fitting =
    transitionId === undefined
      ? byName.length > 0
        ? byName
        : named(({ to }) => to?.name)
      : transitions.filter(({ id }) => id === transitionId)
  const [chosen] = fitting
  if (chosen && fitting.length === 1 && (transitionId !== undefined || transitionName !== undefined))
    return chosen
  const list = fence((fitting.length > 1 ? fitting : transitions).map(transitionLine).join('\n'), {
    source: `transitions of ${issueIdOrKey}`,
  })
  throw new ToolError({
    code: fitting.length > 1 ? 'ambiguous' : 'invalid_input',
    message:
      transitions.length === 0
        ? `${issueIdOrKey} was not moved: this person can do no transition with it now.`
        : `${issueIdOrKey} was not moved: ${fitting.length > 1 ? 'several transitions are meant' : 'that transition cannot be done now'}. There are:\n${list}`,
    next:
      transitions.length === 0
        ? 'Ask somebody with permission to transition issues.'
        : 'Call again with one of these ids as transitionId.',
  })
}
