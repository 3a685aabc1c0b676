import { expect } from 'vitest'
import * as z from 'zod'

import { catalogueToolset, createMcp, createRegistry, toolFactory } from '../src/index.ts'
import type { McpOptions, Registry, Tool, ToolEntry } from '../src/index.ts'
import {
  callOf,
  fakeUpstream,
  operations,
  platformSet,
  recorder,
  trackerSet,
  visitOf,
  wikiSet,
} from './fixture.ts'
import type { Services, Tracker } from './fixture.ts'

const closing = toolFactory<Tracker>()({
  name: 'manageSprint',
  title: 'Manage a sprint',
  description: 'Creates, renames or closes a sprint of a board.',
  tier: 'write',
  product: 'jira',
  uses: [operations.getBoard, operations.editIssue],
  input: z.strictObject({ action: z.enum(['rename', 'close']).describe('What to do.') }),
  tierOf: ({ action }) => (action === 'close' ? 'delete' : 'write'),
  run: async ({ action }) => ({ text: `Done: ${action}.`, data: { action, sprint: { id: 7 } } }),
})

/** Tools of operations, made when they are called. */
export const made: string[] = []
const entry: ToolEntry = {
  name: 'jira.getBanner',
  title: 'Announcement banner',
  description: 'Reads the announcement banner.',
  tier: 'read',
  product: 'jira',
}
function madeTool(): Tool<Tracker> {
  made.push(entry.name)
  return toolFactory<Tracker>()({
    ...entry,
    uses: [operations.getBoard],
    input: z.strictObject({ visible: z.boolean().optional().describe('Only when it shows.') }),
    run: async ({ visible }) => ({ text: `The banner. ${String(visible)}` }),
  })
}

const tracker = {
  ...trackerSet,
  tools: [...trackerSet.tools, closing],
  primary: ['getIssue', 'editIssue'],
  more: {
    entries: async () => [entry],
    make: async (name: string) => (name === entry.name ? madeTool() : undefined),
  },
}
/** Tools that are listed, others that are not, and one that is made on demand. */
export const registry: Registry<Services & object> = createRegistry([
  platformSet,
  catalogueToolset,
  tracker,
  wikiSet,
])

const Answer = z.object({
  result: z.object({
    content: z.array(z.object({ text: z.string() })),
    isError: z.boolean().optional(),
    structuredContent: z.unknown().optional(),
  }),
})
/** Calls on both paths and in both eras, which have to agree. */
export async function called(
  name: string,
  args: Readonly<Record<string, unknown>>,
  options: Partial<McpOptions<Services>> & { readonly wanted?: object } = {},
): Promise<{
  readonly text: string
  readonly isError: boolean
  readonly audit: unknown
  readonly seen: readonly string[]
}> {
  const { wanted = {}, ...changes } = options
  const answers = []
  for (const fastPath of [true, false]) {
    for (const era of ['legacy', 'modern'] as const) {
      const { events, observe } = recorder()
      const upstream = fakeUpstream()
      const mcp = createMcp({
        name: 't',
        version: '1',
        registry,
        fastPath,
        observe,
        now: () => 0,
        ...changes,
      })
      const response = await mcp.fetch(
        callOf(name, args, { era }),
        visitOf({ wanted, services: upstream.services }),
      )
      const { result } = Answer.parse(await response.json())
      answers.push({
        text: result.content.map(({ text }) => text).join('\n'),
        isError: result.isError === true,
        audit: events.filter(({ type }) => type === 'tool_call'),
        seen: [...upstream.seen],
      })
    }
  }
  const [first] = answers
  if (first === undefined) throw new Error('Nothing was answered')
  for (const answer of answers) expect(answer.text).toBe(first.text)
  for (const answer of answers) expect(answer.audit).toEqual(first.audit)
  return first
}
