import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Schema } from '../openapi.ts'
import { answerSchemasOf, emitSchemas } from '../schemas.ts'
import { documentOf, operation } from './documents.ts'

const answers = (schema: Schema, status = '200') => {
  const document = documentOf({
    '/a': {
      get: operation('getA', { responses: { [status]: { content: { 'application/json': { schema } } } } }),
    },
  })
  document.components.schemas = {
    Reached: { type: 'object', properties: { to: { $ref: '#/components/schemas/Below' } } },
    Below: { type: 'string' },
    Elsewhere: { type: 'string' },
  }
  return answerSchemasOf('confluence-v1', document, new Set())
}

const answer = (schema: Schema, status?: string): unknown =>
  answers(schema, status).operations.get('getA')?.[status ?? '200']

test('null is one of the types, and one of the values, once', () => {
  assert.deepEqual(answer({ type: 'string', nullable: true }), { type: ['string', 'null'] })
  assert.deepEqual(answer({ type: 'string', enum: ['a', null], nullable: true }), {
    type: ['string', 'null'],
    enum: ['a', null],
  })
  assert.deepEqual(answer({ allOf: [{ type: 'string' }], nullable: true }), {
    anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }],
  })
})

test('prose, defaults and patterns are left out, also where a property has such a name', () => {
  const schema = {
    type: 'object',
    description: 'x',
    properties: { description: { type: 'string', example: 'y' } },
  }
  assert.deepEqual(answer(schema), { type: 'object', properties: { description: { type: 'string' } } })
})

test('what is only written is not asked of an answer', () => {
  const schema = { type: 'object', required: ['a', 'b'], properties: { a: { writeOnly: true }, b: {} } }
  assert.deepEqual(answer(schema), { type: 'object', required: ['b'], properties: { a: {}, b: {} } })
})

test('an answer without a body has no schema, and one of anything has none either', () => {
  assert.equal(answer({ type: 'object' }, '204'), null)
  assert.equal(answer({}), null)
})

test('schemas that no answer reaches are left out, and the text is JSON of one line each', () => {
  const made = answers({ $ref: '#/components/schemas/Reached' })
  assert.deepEqual([...made.schemas.keys()], ['Reached', 'Below'])
  const text = emitSchemas(made, 'a document')
  assert.deepEqual(JSON.parse(text), {
    source: 'a document',
    operations: { getA: { 200: { $ref: '#/schemas/Reached' } } },
    schemas: {
      Reached: { type: 'object', properties: { to: { $ref: '#/schemas/Below' } } },
      Below: { type: 'string' },
    },
  })
  assert.equal(text.trimEnd().split('\n').length, 6)
})
