import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'

import { toolFactory } from '../src/index.ts'
import type { ArgumentChange } from '../src/index.ts'
import { callTool } from '../src/testing/index.ts'

/** A tool that hands back what it was given. */
function echo(accepts?: ArgumentChange) {
  return toolFactory<object>()({
    name: 'echo',
    title: 'Echo',
    description: 'Hands back its input.',
    tier: 'read',
    product: 'platform',
    uses: [],
    input: z.strictObject({
      contentId: z.string().optional(),
      fields: z.array(z.string()).optional(),
      body: z.strictObject({ value: z.string(), format: z.enum(['markdown', 'adf']).optional() }).optional(),
      extra: z.record(z.string(), z.unknown()).optional(),
      transitionId: z.string().optional(),
      detail: z.enum(['full', 'short']).optional(),
    }),
    ...(accepts && { accepts }),
    async run(input) {
      return { text: JSON.stringify(input), data: input }
    },
  })
}

async function given(args: Record<string, unknown>, accepts: ArgumentChange): Promise<object | string> {
  const { data, text } = await callTool(echo(accepts), args, { services: {} })
  return data ?? text
}

test('an argument that goes by another name finds its place, nested or not', async () => {
  const accepts = {
    move: {
      content_id: 'contentId',
      'transition.id': 'transitionId',
      body: 'body.value',
      format: 'body.format',
    },
  }
  expect(await given({ content_id: '7' }, accepts)).toEqual({ contentId: '7' })
  expect(await given({ transition: { id: '31' } }, accepts)).toEqual({ transitionId: '31' })
  expect(await given({ body: 'Hello', format: 'markdown' }, accepts)).toEqual({
    body: { value: 'Hello', format: 'markdown' },
  })
})

test('an argument in our own spelling is left as it is', async () => {
  const accepts = { move: { body: 'body.value', content_id: 'contentId' } }
  expect(await given({ body: { value: 'Hi' }, contentId: '7' }, accepts)).toEqual({
    body: { value: 'Hi' },
    contentId: '7',
  })
})

test('two spellings of one argument clash, and the error says which to keep', async () => {
  const said = await given({ contentId: '7', content_id: '8' }, { move: { content_id: 'contentId' } })
  expect(said).toContain('content_id is not an argument of this tool. Did you mean contentId?')
})

test('lists with commas, JSON in text, other values and presets become what the tool takes', async () => {
  const accepts: ArgumentChange = {
    split: ['fields'],
    parse: ['extra'],
    values: { detail: { all: 'full' } },
    preset: { detail: 'short', transitionId: '1' },
  }
  expect(await given({ fields: 'summary, status,,', extra: '{"a":1}', detail: 'all' }, accepts)).toEqual({
    fields: ['summary', 'status'],
    extra: { a: 1 },
    detail: 'full',
    transitionId: '1',
  })
})

test('an argument without a meaning here is dropped, and the answer says so', async () => {
  const { text } = await callTool(echo({ ignore: ['prev'] }), { prev: 'x' }, { services: {} })
  expect(text).toContain('[The argument prev has no meaning here and was ignored.]')
})

test('text that is not JSON stays, and the schema says what is wanted', async () => {
  expect(await given({ extra: '{nonsense' }, { parse: ['extra'] })).toContain(
    'extra Invalid input: expected record',
  )
})

test('a missing argument is named with its type', async () => {
  const tool = toolFactory<object>()({
    name: 'echo',
    title: 'Echo',
    description: 'Needs a key.',
    tier: 'read',
    product: 'platform',
    uses: [],
    input: z.strictObject({ issueIdOrKey: z.string(), maxResults: z.number().int().max(100).optional() }),
    run: async () => ({ text: '' }),
  })
  const { text, isError, audit } = await callTool(
    tool,
    { issueKey: 'A-1', maxResults: 500 },
    { services: {} },
  )
  expect(isError).toBe(true)
  expect(audit).toMatchObject({ verdict: 'invalid', code: 'invalid_arguments', written: 'no' })
  expect(text).toMatchInlineSnapshot(`
    "The arguments do not fit echo:
    - issueIdOrKey is missing; give a string
    - maxResults Too big: expected number to be <=100
    - issueKey is not an argument of this tool. Did you mean issueIdOrKey?
    Correct them and call again."
  `)
})

test('many wrong arguments are summed up', async () => {
  const args = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`zz${index}\n\u202Eevil`, 1]))
  const { text } = await callTool(echo(), args, { services: {} })
  expect(text.split('\n')).toHaveLength(11)
  expect(text).toContain('and 42 more')
  expect(text).not.toContain('\u202E')
})

test('whatever comes, changing arguments throws nothing and changes nothing in place', () => {
  const accepts: ArgumentChange = {
    move: { a: 'contentId', 'b.c': 'body.value', body: 'body.value', __proto__x: 'detail' },
    split: ['fields', 'body.value'],
    parse: ['extra', 'contentId'],
    preset: { 'body.format': 'markdown' },
    ignore: ['next', 'b'],
    values: { detail: { constructor: 'full' } },
  }
  const tool = echo(accepts)
  const key = fc.constantFrom(
    'a',
    'b',
    'c',
    'body',
    'fields',
    'extra',
    'next',
    '__proto__',
    'constructor',
    'value',
  )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.dictionary(key, tie('any'), { maxKeys: 4 }),
      fc.array(tie('any'), { maxLength: 2 }),
    ),
  })).any
  fc.assert(
    fc.property(value, (raw) => {
      const before = JSON.stringify(raw)
      const bound = tool.bind(raw)
      expect(typeof bound.ok).toBe('boolean')
      expect(JSON.stringify(raw)).toBe(before)
    }),
  )
})
