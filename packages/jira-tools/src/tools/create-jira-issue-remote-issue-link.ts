import { createOrUpdateRemoteIssueLink } from '@telamon/jira/operations'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, IssueKey } from '../params.ts'

export const createJiraIssueRemoteIssueLink = defineTool({
  name: 'createJiraIssueRemoteIssueLink',
  title: 'Link a Jira issue to a page or any address',
  description:
    'Adds a link from an issue to something outside Jira, such as a Confluence page. The same address again changes the link that is there instead of adding a second one.',
  tier: 'write',
  product: 'jira',
  idempotent: true,
  uses: [createOrUpdateRemoteIssueLink],
  input: z.strictObject({
    cloudId: CloudId,
    issueIdOrKey: IssueKey,
    url: z
      .url({ protocol: /^https?$/, error: 'has to be an address that begins with https:// or http://' })
      .describe('Where the link leads.'),
    title: z.string().trim().min(1).max(255).describe('What people read.'),
    summary: z.string().trim().min(1).max(1000).optional().describe('A line beside the title.'),
    relationship: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe('How they relate, such as "mentioned in".'),
    globalId: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe('Tells the same link again. The address by default.'),
  }),
  output: z.object({ key: z.string(), linkId: z.string(), url: z.string() }),
  async run({ issueIdOrKey, url, title, summary, relationship, globalId }, { jira, site }, { signal }) {
    const link = {
      url,
      title,
      ...(summary !== undefined && { summary }),
      ...(relationship !== undefined && { relationship }),
      ...identity(globalId ?? url),
    }
    const { id } = await jira.remoteLinks.put(issueIdOrKey, link, { signal })
    const address = `${site.url}/browse/${issueIdOrKey}`
    return {
      text: `${issueIdOrKey} links to ${url} (link ${id}): ${address}`,
      data: { key: issueIdOrKey, linkId: String(id), url: address },
    }
  },
})

/** An address longer than an id may be tells nothing again: each call then adds a link. */
const identity = (globalId: string): { readonly globalId?: string } =>
  globalId.length <= 255 ? { globalId } : {}
