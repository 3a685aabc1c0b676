import { getIssueLinkTypes, linkIssues } from '@telamon/jira/operations'
import type { IssueLinkType } from '@telamon/jira/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { fold, quoted } from '../names/nearest.ts'
import { CloudId, ContentFormat, IssueRef, Words } from '../params.ts'
import { writtenText } from '../rich-text.ts'

export const createJiraIssueLink = defineTool({
  name: 'createJiraIssueLink',
  title: 'Link two Jira issues',
  description:
    'Links two issues, read as a sentence: outwardIssue blocks inwardIssue. linkType may be a name (Blocks) or a phrase (is blocked by), which turns the sentence round. Linking twice leaves one link.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [linkIssues, getIssueLinkTypes],
  accepts: { move: { type: 'linkType', 'comment.body': 'comment' }, ignore: ['comment_visibility'] },
  input: z.strictObject({
    cloudId: CloudId,
    linkType: Words.describe('A name such as Blocks, or a phrase such as "is blocked by".'),
    outwardIssue: IssueRef.describe('The issue that does it: blocks, duplicates, causes.'),
    inwardIssue: IssueRef.describe('The issue to which it is done.'),
    comment: z.string().min(1).optional().describe('Added to it, in Markdown.'),
    contentFormat: ContentFormat,
  }),
  output: z.object({ type: z.string(), from: z.string(), to: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const types = await jira.links.types({ signal })
    const { name, turned } = linkTypeNamed(types, input.linkType)
    const [out, inward] = [keyOn(site, input.outwardIssue), keyOn(site, input.inwardIssue)]
    const [from, to] = turned ? [inward, out] : [out, inward]
    if (from === to) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'An issue cannot be linked to itself.',
        next: 'Name two issues.',
      })
    }
    const written =
      input.comment === undefined ? undefined : writtenText(input.comment, { format: input.contentFormat })
    await jira.links.add({ type: name, from, to, ...(written && { comment: written.document }) }, { signal })
    const phrase = oneLine(types.find((type) => type.name === name)?.outward ?? name)
    return { text: `${from} ${phrase} ${to}.`, data: { type: name, from, to }, notes: written?.notes ?? [] }
  },
})

/** A type by name, id or phrase. A phrase of the other direction turns the sentence round. */
function linkTypeNamed(
  types: readonly IssueLinkType[],
  word: string,
): { readonly name: string; readonly turned: boolean } {
  const wanted = fold(word)
  const is = (text: string | undefined): boolean => text !== undefined && fold(text) === wanted
  const found =
    types.find(({ name, id, outward }) => is(name) || is(id) || is(outward)) ??
    types.find(({ inward }) => is(inward))
  if (found?.name === undefined) {
    throw new ToolError({
      code: 'invalid_input',
      message: `There is no type of link ${quoted(word)}.`,
      next: `Use one of these: ${types.map(({ name }) => oneLine(name ?? '')).join(', ')}.`,
    })
  }
  const turned = !is(found.name) && !is(found.id) && !is(found.outward)
  return { name: found.name, turned }
}
