/** A corrected document → the JSON Schemas of its answers: what an answer of each status has to look like. */

import { answerErrata } from './answer-errata.ts'
import { correct } from './corrections.ts'
import type { DocumentName } from './documents.ts'
import { type Document, type Schema, isSuccess, operationsOf, resolve, walk } from './openapi.ts'
import { toIdentifier } from './prepare/identifiers.ts'
import { requirePageMembers } from './prepare/pages.ts'

/** A JSON Schema, of which references lead to `#/schemas/NAME`. */
type JsonSchema = Readonly<Record<string, unknown>>

/** By status. `null` is an answer of which the document says nothing, such as one without a body. */
export type AnswersByStatus = Readonly<Record<string, JsonSchema | null>>

export interface AnswerSchemas {
  /** By the id of the record. */
  readonly operations: ReadonlyMap<string, AnswersByStatus>
  /** By name, those alone that an answer can reach. */
  readonly schemas: ReadonlyMap<string, JsonSchema>
}

/** The real form of what stands as a string in the prepared documents. */
const documentOfRichText: Schema = {
  type: 'object',
  required: ['type', 'version', 'content'],
  properties: {
    type: { type: 'string', enum: ['doc'] },
    version: { type: 'integer', enum: [1] },
    content: { type: 'array', items: { type: 'object', required: ['type'] } },
  },
}

/** Reads all answers, refusals included, with closed enums. To be called before the answers are simplified. */
export function answerSchemasOf(
  name: DocumentName,
  corrected: Document,
  binary: ReadonlySet<string>,
): AnswerSchemas {
  const document = structuredClone(corrected)
  correct(name, document, answerErrata)
  document.components.schemas['AdfDocument'] = documentOfRichText
  const reached = new Set<Schema>()
  const operations = new Map<string, AnswersByStatus>()
  const places = operationsOf(document)
  requirePageMembers(document, places)
  for (const { operation } of places) {
    const { operationId, responses } = operation
    const answers = Object.entries(responses).map(([status, response]): [string, JsonSchema | null] => {
      const [schema] = Object.entries(resolve(document, response).content ?? {}).flatMap(([media, part]) =>
        isJson(media) && part.schema ? [part.schema] : [],
      )
      const bytes = binary.has(operationId) && isSuccess(status)
      if (!schema || bytes || status === '204' || Object.keys(toJsonSchema(schema)).length === 0)
        return [status, null]
      walk(document, [schema], (part) => reached.add(part))
      return [status, toJsonSchema(schema)]
    })
    operations.set(toIdentifier(operationId), Object.fromEntries(answers))
  }
  const named = Object.entries(document.components.schemas).filter(([, schema]) => reached.has(schema))
  return { operations, schemas: new Map(named.map(([name, schema]) => [name, toJsonSchema(schema)])) }
}

/** Text to be committed: one operation and one schema a line. */
export function emitSchemas({ operations, schemas }: AnswerSchemas, source: string): string {
  const lines = (entries: ReadonlyMap<string, unknown>): string =>
    [...entries].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n')
  return `{"source":${JSON.stringify(source)},\n"operations":{\n${lines(operations)}},\n"schemas":{\n${lines(schemas)}}}\n`
}

const isJson = (media: string): boolean => /^(\*\/\*|message|application\/json\b.*)$/.test(media)

/** Keywords that mean the same in both, apart from those that hold schemas. */
const plain = [
  'type',
  'format',
  'enum',
  'uniqueItems',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minProperties',
  'maxProperties',
] as const satisfies readonly (keyof Schema)[]

/** OpenAPI 3.0 → JSON Schema, without prose, examples and patterns, which are written for Java. */
function toJsonSchema(schema: Schema): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: schema.$ref.replace('#/components', '#') }
  const result: Record<string, unknown> = {}
  for (const keyword of plain) if (schema[keyword] !== undefined) result[keyword] = schema[keyword]
  const required = schema.required?.filter((name) => schema.properties?.[name]?.writeOnly !== true)
  if (required && required.length > 0) result['required'] = required
  if (schema.properties) {
    result['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, toJsonSchema(part)]),
    )
  }
  const { additionalProperties, items, not } = schema
  if (items) result['items'] = toJsonSchema(items)
  if (not) result['not'] = toJsonSchema(not)
  if (additionalProperties === false) result['additionalProperties'] = false
  else if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0)
    result['additionalProperties'] = toJsonSchema(additionalProperties)
  for (const kind of ['allOf', 'anyOf', 'oneOf'] as const) {
    const parts = schema[kind]
    if (parts) result[kind] = parts.map(toJsonSchema)
  }
  return schema.nullable === true ? orNull(result) : result
}

/** `nullable` alone means nothing to JSON Schema. */
function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: values, ...rest } = schema
  if (typeof type !== 'string')
    return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: 'null' }] }
  const withNull = Array.isArray(values) && { enum: values.includes(null) ? values : [...values, null] }
  return { type: [type, 'null'], ...withNull, ...rest }
}
