import type { Transition } from '@telamon/jira'
import { doTransition, getIssue, getTransitions } from '@telamon/jira/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { encodedWhole, fieldValues } from '../fields/encode.ts'
import { checkRequired } from '../fields/missing.ts'
import { keyOn } from '../names/issues.ts'
import { fold, quoted } from '../names/nearest.ts'
import { personNamed, personOperations } from '../names/people.ts'
import { CloudId, ContentFormat, FieldValues, IssueRef, NumberOrWords } from '../params.ts'
import { writtenText } from '../rich-text.ts'
import { issueSpellings } from '../spellings.ts'
import { screenOf, transitionLine } from '../views/transition.ts'
import { membersOf, nameOf } from '../views/value.ts'

export const transitionJiraIssue = defineTool({
  name: 'transitionJiraIssue',
  title: 'Move a Jira issue to another status',
  description:
    'Does a transition of the workflow, named by itself or by the status that is wanted, such as Done. Fields that its screen requires are named before anything is done.',
  tier: 'write',
  product: 'jira',
  uses: [doTransition, getTransitions, getIssue, ...personOperations],
  accepts: {
    move: {
      ...issueSpellings,
      'transition.id': 'transitionId',
      'transition.name': 'transitionName',
      status: 'transitionName',
    },
    parse: ['fields'],
    ignore: ['historyMetadata'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    transitionId: NumberOrWords.optional().describe('Its id, from listJiraIssueTransitions.'),
    transitionName: NumberOrWords.optional().describe('Its name, or the status it leads to.'),
    comment: z.string().min(1).optional().describe('Added with it, in Markdown.'),
    fields: FieldValues.optional(),
    contentFormat: ContentFormat,
  }),
  output: z.object({ key: z.string(), transition: z.string(), status: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { fields = {}, comment, contentFormat: format = 'markdown' } = input
    const asking = { jira, signal }
    const key = keyOn(site, input.issueIdOrKey)
    const transitions = await jira.issues.transitions(key, { withFields: true, signal })
    const chosen = chooseFrom(transitions, input) ?? (await refuse(key, { transitions, input, asking }))
    const screen = screenOf(chosen)
    const notes: string[] = []
    const raw = await encodedWhole(fieldValues(fields, screen), {
      site,
      personNamed: (person) => personNamed(person, asking),
      format,
      note: (remark) => notes.push(remark),
    })
    const [transition, status] = [oneLine(chosen.name ?? ''), oneLine(chosen.to?.name ?? '')]
    checkRequired(screen, raw, {
      lead: `${key} was not moved: ${transition} asks for`,
      argument: 'fields',
    })
    const written = comment === undefined ? undefined : writtenText(comment, { format })
    await jira.issues.transition(
      key,
      { id: chosen.id ?? '' },
      { raw, signal, ...(written && { comment: written.document }) },
    )
    const url = `${site.url}/browse/${key}`
    return {
      text: `${key} is now ${status} (by ${transition}): ${url}`,
      data: { key, transition, status, url },
      notes: [...notes, ...(written?.notes ?? [])],
    }
  },
})

interface WantedTransition {
  readonly transitionId?: string | undefined
  readonly transitionName?: string | undefined
}

/** The only transition that fits all that was said of it, if there is one. */
function chooseFrom(
  transitions: readonly Transition[],
  { transitionId, transitionName }: WantedTransition,
): Transition | undefined {
  const [chosen, ...others] = fitting(fitting(transitions, transitionId), transitionName)
  return others.length === 0 && (transitionId ?? transitionName) !== undefined ? chosen : undefined
}

/** By id, else by its name, else by the status it leads to. Whichever argument a word came in, it may be any of them. */
function fitting(transitions: readonly Transition[], word: string | undefined): readonly Transition[] {
  if (word === undefined) return transitions
  const names = [({ id }: Transition) => id, ({ name }: Transition) => name, ({ to }: Transition) => to?.name]
  for (const nameIn of names) {
    const found = transitions.filter((one) => fold(nameIn(one) ?? '') === fold(word))
    if (found.length > 0) return found
  }
  return []
}

interface Refusal {
  readonly transitions: readonly Transition[]
  readonly input: WantedTransition
  readonly asking: Asking
}

/** Says what can be done instead, and where the issue stands: it may be there already. */
async function refuse(key: string, { transitions, input, asking }: Refusal): Promise<never> {
  const { jira, signal } = asking
  const { fields } = await jira.issues.get(key, { fieldIds: ['status'], signal })
  const status = nameOf(membersOf(fields['status']))
  const { transitionId, transitionName } = input
  const wanted = [transitionId, transitionName].filter((word) => word !== undefined)
  if (transitions.length === 0) {
    throw new ToolError({
      code: 'forbidden',
      message: `${key} was not moved: it is ${status}, and this person can do no transition with it.`,
      next: 'Do not repeat it. Tell the person, who can ask an administrator of the project.',
    })
  }
  const several = fitting(fitting(transitions, transitionId), transitionName)
  const reason =
    wanted.length === 0
      ? 'transitionId or transitionName is missing'
      : several.length > 1
        ? `several transitions are meant by ${quoted(wanted.join(', '))}`
        : `${quoted(wanted.join(', '))} cannot be done now`
  const lines = (several.length > 1 ? several : transitions).map(transitionLine)
  throw new ToolError({
    code: several.length > 1 ? 'ambiguous' : 'invalid_input',
    message: `${key} was not moved: it is ${status}, and ${reason}. There are:\n${fence(lines.join('\n'), { source: `transitions of ${key}` })}`,
    next: 'Call again with one of these numbers as transitionId, unless the status is right already.',
  })
}
