import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'

import { ContinueFrom, fence, toolFactory, writtenCall } from '../src/index.ts'
import { callTool } from '../src/testing/index.ts'
import type { CalledTool } from '../src/testing/index.ts'

interface Texts {
  readonly text: string
}

const readOn = toolFactory<Texts>()({
  name: 'readText',
  title: 'Read',
  description: 'Reads a text.',
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({ id: z.string(), continueFrom: ContinueFrom.optional() }),
  run: async (_input, { text }) => ({ text }),
})

const readOnce = toolFactory<Texts>()({
  name: 'readOnce',
  title: 'Read',
  description: 'Reads a text without a way to go on.',
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({}),
  run: async (_input, { text }) => ({ text, data: { size: text.length, text } }),
})

/** The position in the call that an answer proposes. */
function continuation(text: string): string | undefined {
  return /"continueFrom":"([^"]+)"/.exec(text)?.[1]
}

const lines = Array.from({ length: 40 }, (_, index) => `Line ${index} of the text.`).join('\n')

test('a short text is given whole, with notes behind it', async () => {
  const { text } = await callTool(readOn, { id: '1' }, { services: { text: 'Short.' } })
  expect(text).toBe('Short.')
})

test('a long text is cut at a line, and the note holds the exact call that reads on', async () => {
  const { text } = await callTool(readOn, { id: '1' }, { services: { text: lines }, replyBytes: 200 })
  expect(text).toMatchInlineSnapshot(`
    "Line 0 of the text.
    Line 1 of the text.
    Line 2 of the text.
    Line 3 of the text.
    Line 4 of the text.
    Line 5 of the text.
    Line 6 of the text.
    Line 7 of the text.
    Line 8 of the text.
    Line 9 of the text.


    [Cut after 200 of 829 characters. To read on, call readText with {"id":"1","continueFrom":"200-386e0f28"}.]"
  `)
})

test('a fence that was cut is closed, and opened again where the text goes on', async () => {
  const services = { text: `Page:\n${fence(lines, { source: 'page 1' })}\nEnd.` }
  const first = await callTool(readOn, { id: '1' }, { services, replyBytes: 300 })
  const second = await callTool(
    readOn,
    { id: '1', continueFrom: continuation(first.text) },
    { services, replyBytes: 300 },
  )
  expect(first.text.match(/<\/?untrusted/g)).toEqual(['<untrusted', '</untrusted'])
  expect(second.text.startsWith('<untrusted source="page 1">\n')).toBe(true)
  expect(second.text.match(/<\/?untrusted/g)).toEqual(['<untrusted', '</untrusted'])
})

test('a position in a text that has changed is refused, with what to do instead', async () => {
  const first = await callTool(readOn, { id: '1' }, { services: { text: lines }, replyBytes: 200 })
  const args = { id: '1', continueFrom: continuation(first.text) }
  const second = await callTool(readOn, args, { services: { text: `${lines}!` }, replyBytes: 200 })
  expect(second).toMatchObject({
    isError: true,
    text: 'The text has changed since the answer that gave this position. Call again without continueFrom.',
  })
})

test('a position that no answer gave is refused by the schema', async () => {
  const { text } = await callTool(readOn, { id: '1', continueFrom: 'page 2' }, { services: { text: lines } })
  expect(text).toContain(
    'continueFrom has to be a position that an earlier answer gave, such as 40000-1f3a5c7e',
  )
})

test('a text that cannot be read on says what is missing, and data without a schema is left out with it', async () => {
  const { text, data } = await callTool(readOnce, {}, { services: { text: lines }, replyBytes: 200 })
  expect(text).toContain('The rest is left out: ask for fewer items or fields.')
  expect(text).toContain('The data of this answer is left out because of its size.')
  expect(data).toBeUndefined()
})

test('the pieces of a text make up the whole, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
      fc.integer({ min: 20, max: 90 }),
      async (whole, replyBytes) => {
        const services = { text: whole }
        let joined = ''
        let continueFrom: string | undefined
        do {
          const args: Record<string, string> = {
            id: '1',
            ...(continueFrom !== undefined && { continueFrom }),
          }
          const { text, isError }: CalledTool = await callTool(readOn, args, { services, replyBytes })
          expect(isError).toBe(false)
          const note: number = text.lastIndexOf('\n\n[Cut after ')
          const piece = note === -1 ? text : text.slice(0, note)
          expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(replyBytes)
          joined += piece
          continueFrom = note === -1 ? undefined : continuation(text.slice(note))
        } while (continueFrom !== undefined)
        expect(joined).toBe(whole)
      },
    ),
    { numRuns: 200 },
  )
})

test('data that does not keep its promise never reads as a failed write', async () => {
  const write = toolFactory<object>()({
    name: 'write',
    title: 'Write',
    description: 'Writes.',
    tier: 'write',
    product: 'jira',
    uses: [],
    input: z.strictObject({}),
    output: z.object({ key: z.string().regex(/^[A-Z]+-\d+$/) }),
    run: async () => ({ text: 'Created ED-1.', data: { key: 'not a key' } }),
  })
  const { text, isError, audit, data } = await callTool(write, {}, { services: {} })
  expect(isError).toBe(true)
  expect(data).toBeUndefined()
  expect(text).toContain('This was carried out; do not repeat it.')
  expect(text).toContain('Created ED-1.')
  expect(audit).toMatchObject({ verdict: 'failed', code: 'data_misfit', written: 'yes' })
})

test('data loses members that its schema does not promise', async () => {
  const whole = { key: 'A-1', secret: 'x' }
  const tool = toolFactory<object>()({
    name: 'read',
    title: 'Read',
    description: 'Reads.',
    tier: 'read',
    product: 'platform',
    uses: [],
    input: z.strictObject({}),
    output: z.object({ key: z.string() }),
    run: async () => ({ text: 'A-1', data: whole }),
  })
  expect((await callTool(tool, {}, { services: {} })).data).toEqual({ key: 'A-1' })
})

test('a call is written the way a model can repeat it', () => {
  expect(writtenCall('getPage', { contentId: '7' })).toBe('getPage with {"contentId":"7"}')
})
