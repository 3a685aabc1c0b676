import { expect, test } from 'vitest'
import * as z from 'zod'

import { createMcp } from '../src/index.ts'
import type { ResultForm } from '../src/index.ts'
import { callOf, registry, requestOf, visitOf } from './fixture.ts'

const Call = z.object({
  result: z.object({
    content: z.array(z.object({ text: z.string() })),
    structuredContent: z.unknown().optional(),
    isError: z.boolean().optional(),
  }),
})
const List = z.object({ result: z.object({ tools: z.array(z.looseObject({ name: z.string() })) }) })

async function shown(results: ResultForm, fastPath: boolean, issueIdOrKey: string | number = 'DEMO-1') {
  const mcp = createMcp({ name: 't', version: '1', registry, fastPath, results: 'both' })
  const visit = visitOf({ wanted: { results } })
  const call = Call.parse(await (await mcp.fetch(callOf('getIssue', { issueIdOrKey }), visit)).json())
  const list = List.parse(await (await mcp.fetch(requestOf('tools/list'), visit)).json())
  const listed = list.result.tools.find(({ name }) => name === 'getIssue')
  return {
    text: call.result.content[0]?.text,
    data: call.result.structuredContent,
    schema: listed?.['outputSchema'],
  }
}

test.each([true, false])(
  'an answer is given as text, as data, or as both (fast path %s)',
  async (fastPath) => {
    expect(await shown('text', fastPath)).toEqual({
      text: expect.stringContaining('Text of DEMO-1'),
      data: undefined,
      schema: undefined,
    })
    expect(await shown('data', fastPath)).toMatchObject({
      text: 'See the structured content.',
      data: { key: 'DEMO-1' },
      schema: { type: 'object' },
    })
    expect(await shown('both', fastPath)).toMatchObject({
      text: expect.stringContaining('Text of DEMO-1'),
      data: { key: 'DEMO-1' },
      schema: { type: 'object' },
    })
  },
)

test('an error is told as text in each form', async () => {
  for (const form of ['text', 'data', 'both'] as const) {
    expect((await shown(form, true, 7)).text).toContain('issueIdOrKey')
  }
})
