import { expect, test } from 'vitest'
import * as z from 'zod'

import { toolFactory, toolset } from '../src/index.ts'
import { callTool, listingOf, problemsOf, testPerson } from '../src/testing/index.ts'
import { countTool, operations, platformSet, readTool, trackerSet, wikiSet } from './fixture.ts'

const define = toolFactory<object>()

test('a toolset that keeps the rules has no problems', () => {
  expect([trackerSet, wikiSet, platformSet].flatMap((set) => problemsOf(set))).toEqual([])
})

test('each broken rule is named', () => {
  const broken = toolset({
    id: 'Not An Id',
    title: 'T',
    description: 'D',
    aliases: [{ name: 'other', tool: 'nobody' }],
    tools: [
      define({
        name: 'Bad_name',
        title: '',
        description: 'x'.repeat(1001),
        tier: 'read',
        product: 'jira',
        uses: [operations.editIssue],
        input: z.object({ 'kebab-case': z.string() }),
        run: async () => ({ text: '' }),
      }),
      define({
        name: 'mildDelete',
        title: 'T',
        description: 'D',
        tier: 'write',
        product: 'confluence',
        uses: [operations.deleteIssue],
        input: z.strictObject({}),
        run: async () => ({ text: '' }),
      }),
      define({
        name: 'mildDelete',
        title: 'T',
        description: 'D',
        tier: 'write',
        product: 'platform',
        uses: [{ ...operations.getIssue, app: true }],
        input: z.strictObject({ a: z.string().describe('y'.repeat(301)) }),
        run: async () => ({ text: '' }),
      }),
    ],
  })
  expect(problemsOf(broken)).toMatchInlineSnapshot(`
    [
      "Not An Id: the id has to be lower-case letters, digits, hyphens",
      "mildDelete: the name is used twice",
      "other: there is no tool nobody",
      "Bad_name: the name has to be lower camelCase of 3 to 64 letters and digits",
      "Bad_name: the title has to be 1 to 60 characters",
      "Bad_name: the description has to be 1 to 1000 characters",
      "Bad_name: the tier is read, and it uses operations that write",
      "Bad_name: the input has to be a z.strictObject",
      "Bad_name: the argument kebab-case has to be camelCase",
      "Bad_name: the argument kebab-case has no description",
      "mildDelete: the tier is write, and it uses operations that delete",
      "mildDelete: it uses no operation of confluence",
      "mildDelete: a tool of the platform has to be of the tier read, unless it only runs others",
      "mildDelete: it uses reading operations only, and its tier is not read",
      "mildDelete: it uses an operation that only apps can call",
      "mildDelete: the description of a is longer than 300 characters",
    ]
  `)
})

test('a test call that uses an operation which the tool does not name fails', async () => {
  const call = callTool(
    readTool,
    { issueIdOrKey: 'ED-1' },
    {
      services: (report) => ({
        tracker: {
          edit: async () => {},
          async read() {
            report({ operation: operations.getPage, status: 200 })
            return ''
          },
        },
      }),
    },
  )
  await expect(call).rejects.toThrow('getIssue called GET /wiki/api/v2/pages/{id}, which is not in its uses.')
})

test('a test call of a person without the permission fails', async () => {
  const person = { ...testPerson, scopes: [] }
  const tracker = { read: async () => '', edit: async () => {} }
  await expect(
    callTool(readTool, { issueIdOrKey: 'ED-1' }, { person, services: { tracker } }),
  ).rejects.toThrow('jira:read')
})

test('a test call hears what the tool reports of its progress', async () => {
  const tracker = { read: async () => '', edit: async () => {} }
  const { progress, text } = await callTool(countTool, { upTo: 2 }, { services: { tracker } })
  expect(progress).toEqual([
    { progress: 1, total: 2 },
    { progress: 2, total: 2 },
  ])
  expect(text).toBe('Counted to 2.')
})

test('a listing leaves out what every client knows', () => {
  const { inputSchema } = listingOf(countTool)
  expect(inputSchema).toEqual({
    type: 'object',
    properties: { upTo: { type: 'integer', minimum: 1, maximum: 5, description: 'The last number.' } },
    required: ['upTo'],
    additionalProperties: false,
  })
  const counter = define({
    name: 'anyNumber',
    title: 'Any',
    description: 'Takes any whole number.',
    tier: 'read',
    product: 'platform',
    uses: [],
    input: z.strictObject({ n: z.int().describe('Any.') }),
    run: async () => ({ text: '' }),
  })
  expect(listingOf(counter).inputSchema['properties']).toEqual({
    n: { type: 'integer', description: 'Any.' },
  })
})
