import { expect, expectTypeOf, test } from 'vitest'
import * as z from 'zod'

import { createRegistry, toolFactory, toolset } from '../src/index.ts'
import type { Registry } from '../src/index.ts'

interface Jira {
  readonly jira: { readonly get: (key: string) => Promise<string> }
}
interface Confluence {
  readonly confluence: { readonly page: (id: string) => Promise<string> }
}

const getIssue = toolFactory<Jira>()({
  name: 'getIssue',
  title: 'Get',
  description: 'Reads.',
  tier: 'read',
  product: 'jira',
  uses: [],
  input: z.strictObject({ key: z.string(), size: z.number().optional() }),
  output: z.object({ key: z.string() }),
  async run({ key, size }, { jira }, { signal }) {
    expectTypeOf(size).toEqualTypeOf<number | undefined>()
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
    return { text: await jira.get(key), data: { key } }
  },
})

const getPage = toolFactory<Confluence>()({
  name: 'getPage',
  title: 'Get',
  description: 'Reads.',
  tier: 'read',
  product: 'confluence',
  uses: [],
  input: z.strictObject({ id: z.string() }),
  async run({ id }, { confluence }) {
    return { text: await confluence.page(id) }
  },
})

const jiraSet = toolset({ id: 'jira', title: 'Jira', description: 'Issues.', tools: [getIssue] })
const confluenceSet = toolset({
  id: 'confluence',
  title: 'Confluence',
  description: 'Pages.',
  tools: [getPage],
})

test('the services of a registry are those of all its toolsets', () => {
  const registry = createRegistry([jiraSet, confluenceSet])
  expectTypeOf(registry).toEqualTypeOf<Registry<Jira & Confluence>>()
  expect(registry.tools.map((tool) => tool.name)).toEqual(['getIssue', 'getPage'])
})

test('a tool with an output schema has to answer data that fits', () => {
  const define = toolFactory<Jira>()
  const facts = { name: 'x', title: 'x', description: 'x', tier: 'read', product: 'jira', uses: [] } as const
  const input = z.strictObject({})
  const output = z.object({ key: z.string() })
  // @ts-expect-error the member `key` is missing
  define({ ...facts, input, output, run: async () => ({ text: '', data: {} }) })
  // @ts-expect-error the data is missing
  define({ ...facts, input, output, run: async () => ({ text: '' }) })
  expect(define({ ...facts, input, run: async () => ({ text: '' }) }).name).toBe('x')
})
