import { createOrUpdateRemoteIssueLink } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { CloudId, IssueRef } from '../params.ts'
import { issueSpellings } from '../spellings.ts'

/** Text on one line, of at most so many characters. */
const line = (most: number): z.ZodType<string, string> =>
  z
    .string()
    .transform((text) => oneLine(text))
    .refine((text) => text !== '', 'is empty')
    .refine((text) => text.length <= most, `has more than ${most} characters`)

export const createJiraIssueRemoteIssueLink = defineTool({
  name: 'createJiraIssueRemoteIssueLink',
  title: 'Link a Jira issue to a page or any address',
  description:
    'Adds a link from an issue to something outside Jira, such as a Confluence page. The same address again replaces the link that is there.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [createOrUpdateRemoteIssueLink],
  accepts: { move: issueSpellings },
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueRef,
    url: z
      .string()
      .trim()
      .refine(isWebAddress, 'has to be an address that begins with https:// or http://')
      .describe('Where the link leads.'),
    title: line(255).describe('What people read.'),
    summary: line(1000).optional().describe('A line beside the title.'),
    relationship: line(100).optional().describe('How they relate, such as "mentioned in".'),
    globalId: line(255).optional().describe('Tells the same link again. By default the address does.'),
  }),
  output: z.object({ key: z.string(), linkId: z.string(), url: z.string() }),
  async run(input, { jira, site }, { signal }) {
    const { title, summary, relationship, globalId } = input
    const key = keyOn(site, input.issueIdOrKey)
    const target = new URL(input.url).href
    const { id } = await jira.remoteLinks.put(
      key,
      {
        url: target,
        title,
        ...(summary !== undefined && { summary }),
        ...(relationship !== undefined && { relationship }),
        ...identity(globalId ?? target),
      },
      { signal },
    )
    const url = `${site.url}/browse/${key}`
    return {
      text: `${key} links to ${target} (link ${id}): ${url}`,
      data: { key, linkId: String(id), url },
    }
  },
})

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** An address longer than an id may be tells nothing again: each call then adds a link. */
const identity = (globalId: string): { readonly globalId?: string } =>
  globalId.length <= 255 ? { globalId } : {}
