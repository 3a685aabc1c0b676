/** The work that every server under measurement does: sixty tools of seven parameters, a result of 1 KB of text. */
import type * as zod from 'zod'

const verbs = ['get', 'list', 'search', 'create', 'edit', 'delete'] as const
const nouns = [
  'JiraIssue',
  'JiraComment',
  'JiraSprint',
  'JiraBoard',
  'JiraVersion',
  'ConfluencePage',
  'ConfluenceSpace',
  'ConfluenceLabel',
  'JsmRequest',
  'JsmQueue',
] as const

/** Sixty names; `getJiraIssue` is among them and is the one that is called. */
export const names: readonly string[] = verbs.flatMap((verb) => nouns.map((noun) => `${verb}${noun}`))

export const description = (name: string): string =>
  `${name}: works on one site, given by cloudId. Answers with the fields asked for, and with a token for the next page when there is more. Use the key, such as ALPHA-12, or the id.`

/** The parameters of each tool, as a strict object of whichever zod the server under measurement brings. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the type is what zod infers from the members
export const parameters = (z: typeof zod) =>
  z.strictObject({
    cloudId: z.string().describe('The site: its cloud id, or its address.'),
    issueIdOrKey: z.string().describe('The key, such as ALPHA-12, or the id.'),
    fields: z.array(z.string()).optional().describe('Names of the fields to answer with. All by default.'),
    expand: z
      .enum(['names', 'changelog', 'transitions', 'renderedFields'])
      .optional()
      .describe('What to answer with besides.'),
    maxResults: z.int().min(1).max(100).optional().describe('How many at most. 20 by default.'),
    nextPageToken: z.string().optional().describe('The token of the page before.'),
    contentFormat: z
      .enum(['markdown', 'adf'])
      .optional()
      .describe('The format of rich text. Markdown by default.'),
  })

/** 1 KB of text. */
export const answer = 'ALPHA-12 Sign-in page forgets the address that one came from. '
  .repeat(17)
  .slice(0, 1024)

const callArguments = {
  cloudId: '11111111-1111-4111-8111-111111111111',
  issueIdOrKey: 'ALPHA-12',
  fields: ['summary', 'status'],
}

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
}

export type Era = '2025' | '2026'
export type Method = 'tools/call' | 'tools/list'

/** One MCP request as it goes over the wire. */
export function message(
  method: Method,
  era: Era,
  token: string,
): { method: string; headers: Record<string, string>; body: string } {
  const call = { name: 'getJiraIssue', arguments: callArguments }
  const params = { ...(method === 'tools/call' && call), ...(era === '2026' && { _meta: meta }) }
  const modern = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(method === 'tools/call' && { 'mcp-name': 'getJiraIssue' }),
  }
  return {
    method: 'POST',
    headers: {
      ...json,
      ...(era === '2026' ? modern : { 'mcp-protocol-version': '2025-11-25' }),
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  }
}
