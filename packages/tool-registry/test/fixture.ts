import * as z from 'zod'

import { ContinueFrom, createRegistry, fence, ToolError, toolFactory, toolset } from '../src/index.ts'
import type { McpEvent, Person, Registry, ServiceCall, UpstreamCall, Visit } from '../src/index.ts'

const getIssue = {
  id: 'getIssue',
  method: 'GET',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  scopes: { classic: ['read:jira-work'], granular: ['read:issue:jira'] },
} as const
const editIssue = {
  id: 'editIssue',
  method: 'PUT',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  scopes: { classic: ['write:jira-work'] },
} as const
const deleteIssue = {
  id: 'deleteIssue',
  method: 'DELETE',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  scopes: { classic: ['write:jira-work'] },
} as const
const getBoard = {
  id: 'getBoard',
  method: 'GET',
  path: '/rest/agile/1.0/board/{boardId}',
  scopes: { granular: ['read:board-scope:jira-software', 'read:issue-details:jira'] },
} as const
const getPage = {
  id: 'getPageById',
  method: 'GET',
  path: '/wiki/api/v2/pages/{id}',
  scopes: { granular: ['read:page:confluence'] },
} as const

export const operations = { getIssue, editIssue, deleteIssue, getBoard, getPage }

export interface Tracker {
  readonly tracker: {
    readonly read: (key: string, signal: AbortSignal) => Promise<string>
    readonly edit: (key: string, summary: string) => Promise<void>
  }
}

export interface Wiki {
  readonly wiki: { readonly page: (id: string) => Promise<string> }
}

const defineTrackerTool = toolFactory<Tracker>()
const defineWikiTool = toolFactory<Wiki>()

export const readTool = defineTrackerTool({
  name: 'getIssue',
  title: 'Get an issue',
  description: 'Reads one issue.',
  tier: 'read',
  product: 'jira',
  uses: [getIssue],
  input: z.strictObject({
    issueIdOrKey: z.string().describe('Such as DEMO-12.'),
    fields: z.array(z.string()).describe('Which fields.').optional(),
    cloudId: z.string().describe('Which site.').optional(),
  }),
  output: z.object({ key: z.string() }),
  accepts: { move: { issue_key: 'issueIdOrKey' }, split: ['fields'] },
  async run({ issueIdOrKey }, { tracker }, { signal }) {
    const text = await tracker.read(issueIdOrKey, signal)
    return { text: fence(text, { source: `description of ${issueIdOrKey}` }), data: { key: issueIdOrKey } }
  },
})

export const editTool = defineTrackerTool({
  name: 'editIssue',
  title: 'Edit an issue',
  description: 'Changes one issue.',
  tier: 'write',
  product: 'jira',
  uses: [getIssue, editIssue],
  input: z.strictObject({
    issueIdOrKey: z.string().describe('Such as DEMO-12.'),
    summary: z.string().max(255).describe('The new summary.'),
  }),
  async run({ issueIdOrKey, summary }, { tracker }) {
    await tracker.edit(issueIdOrKey, summary)
    return { text: `Changed ${issueIdOrKey}.`, notes: ['The summary was changed.'] }
  },
})

const deleteTool = defineTrackerTool({
  name: 'deleteIssue',
  title: 'Delete an issue',
  description: 'Removes one issue.',
  tier: 'delete',
  product: 'jira',
  uses: [deleteIssue],
  input: z.strictObject({ issueIdOrKey: z.string().describe('Such as DEMO-12.') }),
  async run() {
    return { text: 'Deleted.' }
  },
})

export const countTool = defineTrackerTool({
  name: 'countSlowly',
  title: 'Count slowly',
  description: 'Reports progress.',
  tier: 'read',
  product: 'jira',
  uses: [getBoard],
  reportsProgress: true,
  input: z.strictObject({ upTo: z.number().int().min(1).max(5).describe('The last number.') }),
  async run({ upTo }, _services, { progress }) {
    for (let step = 1; step <= upTo; step += 1) progress?.({ progress: step, total: upTo })
    return { text: `Counted to ${upTo}.` }
  },
})

const pageTool = defineWikiTool({
  name: 'getPage',
  title: 'Get a page',
  description: 'Reads one page.',
  tier: 'read',
  product: 'confluence',
  uses: [getPage],
  input: z.strictObject({
    contentId: z.string().describe('The id of the page.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ contentId }, { wiki }) {
    if (contentId === '0') {
      throw new ToolError({ code: 'not_found', message: 'There is no page 0.', next: 'Call listPages.' })
    }
    return { text: fence(await wiki.page(contentId), { source: `page ${contentId}` }) }
  },
})

const whoTool = toolFactory<object>()({
  name: 'whoAmI',
  title: 'Who am I',
  description: 'Says who is signed in.',
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({}),
  async run(_input, _services, { person }) {
    return { text: `You are ${person.label}.`, data: { subject: person.subject } }
  },
})

export const trackerSet = toolset({
  id: 'jira',
  title: 'Jira',
  description: 'Issues.',
  tools: [readTool, editTool, deleteTool, countTool],
  aliases: [
    { name: 'jira_get_issue', tool: 'getIssue' },
    {
      name: 'jira_rename',
      tool: 'editIssue',
      move: { issue_key: 'issueIdOrKey', name: 'summary' },
      ignore: ['next'],
    },
  ],
})
export const wikiSet = toolset({
  id: 'confluence',
  title: 'Confluence',
  description: 'Pages.',
  tools: [pageTool],
})
export const platformSet = toolset({
  id: 'platform',
  title: 'Platform',
  description: 'The connection.',
  tools: [whoTool],
  always: true,
})

export type Services = Tracker & Wiki

/** The registry that most tests use. */
export const registry: Registry<Tracker & Wiki & object> = createRegistry([platformSet, trackerSet, wikiSet])

export const person: Person = {
  subject: 'ann',
  label: 'Ann',
  grantId: 'grant-ann',
  clientId: 'client-1',
  scopes: ['jira:write', 'confluence:read'],
  choices: ['site-1'],
}

/** What a fake upstream was asked. */
export interface Upstream {
  readonly services: (call: Pick<ServiceCall, 'report' | 'signal'>) => Services
  readonly seen: string[]
  /** Thrown instead of an answer. */
  failure: Error | undefined
  readonly pages: Map<string, string>
}

/** A fake upstream that writes down what it was asked. */
export function fakeUpstream(): Upstream {
  const upstream: Upstream = {
    seen: [],
    failure: undefined,
    pages: new Map([['1', 'A page.']]),
    services({ report }) {
      function sent(operation: UpstreamCall['operation'], what: string, status = 200): void {
        upstream.seen.push(what)
        if (upstream.failure !== undefined) throw upstream.failure
        report({ operation, status })
      }
      return {
        tracker: {
          async read(key) {
            sent(getIssue, `read ${key}`)
            return `Text of ${key}.`
          },
          async edit(key, summary) {
            sent(editIssue, `edit ${key} ${summary}`, 204)
          },
        },
        wiki: {
          async page(id) {
            sent(getPage, `page ${id}`)
            return upstream.pages.get(id) ?? ''
          },
        },
      }
    },
  }
  return upstream
}

/** A visit over HTTP with every default. */
export function visitOf(changes: Partial<Visit<Services>> = {}): Visit<Services> {
  const upstream = fakeUpstream()
  return {
    person,
    wanted: {},
    services: upstream.services,
    challenge: (permissions) =>
      Response.json(
        { error: 'insufficient_scope' },
        { status: 403, headers: { 'www-authenticate': `Bearer scope="${permissions.join(' ')}"` } },
      ),
    signal: new AbortController().signal,
    ...changes,
  }
}

/** Keeps what an observer is told. */
export function recorder(): { readonly events: McpEvent[]; readonly observe: (event: McpEvent) => void } {
  const events: McpEvent[] = []
  return { events, observe: (event) => void events.push(event) }
}

export interface RequestOptions {
  readonly era?: 'legacy' | 'modern'
  readonly headers?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly id?: string | number
}

/** A well-formed request of either era. */
export function requestOf(
  method: string,
  { era = 'legacy', headers = {}, params = {}, id = 1 }: RequestOptions = {},
): Request {
  const name = params['name']
  const modern = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(typeof name === 'string' && { 'mcp-name': name }),
  }
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  }
  return new Request('https://mcp.example.com/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(era === 'modern' ? modern : { 'mcp-protocol-version': '2025-11-25' }),
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id,
      method,
      params: era === 'modern' ? { _meta: meta, ...params } : params,
    }),
  })
}

/** Calls a tool of either era. */
export function callOf(
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: RequestOptions = {},
): Request {
  return requestOf('tools/call', { ...options, params: { name, arguments: args } })
}
