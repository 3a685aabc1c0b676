import type { DocumentName } from './documents.ts'
/** What a correction is, and the few kinds of them. Each kind returns how many places it changed. */
import {
  type Document,
  type Schema,
  answerOf,
  operationOf,
  operationsOf,
  partsOf,
  propertiesOf,
  resolve,
  schemaOf,
  schemasIn,
  walk,
} from './openapi.ts'

export interface Correction {
  readonly id: string
  readonly document: DocumentName
  /** What is wrong in the document. */
  readonly reason: string
  /** How we know: *recorded*, *documented* elsewhere in the document, *reported*, or *inferred*. */
  readonly source: string
  /** Returns the number of places changed. Throws when what it corrects is gone. */
  readonly apply: (document: Document) => number
}

/** Applies the corrections of a document. One that changes nothing is out of date, and that is an error. */
export function correct(name: DocumentName, document: Document, corrections: readonly Correction[]): number {
  const faults: string[] = []
  let changed = 0
  for (const { id, apply } of corrections.filter((correction) => correction.document === name)) {
    try {
      const count = apply(document)
      if (count === 0) faults.push(`${id}: the document has caught up; drop the correction`)
      changed += count
    } catch (error) {
      faults.push(
        `${id}: ${error instanceof Error ? error.message : String(error)}; the correction no longer fits`,
      )
    }
  }
  if (faults.length > 0) throw new Error([`${name}:`, ...faults].join('\n  '))
  return changed
}

/** Gives schemas a property they lack. */
export const addProperty =
  (schemas: readonly string[], property: string, value: Schema) => (document: Document) =>
    count(schemas, (name) => {
      const { properties } = withProperties(document, name)
      if (properties[property]) return false
      properties[property] = structuredClone(value)
      return true
    })

/** Replaces properties that are there, whatever they were. */
export const setProperty =
  (schemas: readonly string[], property: string, value: Schema) => (document: Document) =>
    count(schemas, (name) => {
      const { properties } = withProperties(document, name)
      if (!properties[property]) throw new Error(`${name}.${property} is gone`)
      if (JSON.stringify(properties[property]) === JSON.stringify(value)) return false
      properties[property] = structuredClone(value)
      return true
    })

/** Lets properties be null. */
export const nullable = (schema: string, names: readonly string[]) => (document: Document) => {
  const { properties } = withProperties(document, schema)
  return count(names, (name) => {
    const property = properties[name]
    if (!property) throw new Error(`${schema}.${name} is gone`)
    if (property.nullable) return false
    properties[name] = orNull(property)
    return true
  })
}

/** Marks properties that every recorded answer has, and never as null. */
export const alwaysThere = (schemas: readonly string[], names: readonly string[]) => (document: Document) =>
  count(schemas, (schema) => {
    const { properties, owner } = withProperties(document, schema)
    let changed = false
    for (const name of names) {
      if (!properties[name]) throw new Error(`${schema}.${name} is gone`)
      if (owner.required?.includes(name)) continue
      owner.required = [...(owner.required ?? []), name]
      changed = true
    }
    return changed
  })

/** Lets every optional property of every answer be null. Schemas that a request uses are left alone. */
export const optionalAnswersNullable = () => (document: Document) => {
  const asked = new Set<Schema>()
  const requests = operationsOf(document).flatMap(({ operation: { requestBody } }) => schemasIn(requestBody))
  const shared = Object.values(document.components.requestBodies ?? {}).flatMap(schemasIn)
  walk(document, [...requests, ...shared], (schema) => asked.add(schema))
  const answers = operationsOf(document).flatMap(({ operation }) =>
    Object.values(operation.responses).flatMap(schemasIn),
  )
  const seen = new Set<Schema>()
  let changed = 0
  walk(document, answers, (schema) => seen.add(schema))
  for (const schema of seen) {
    if (asked.has(schema) || !schema.properties) continue
    for (const [name, property] of Object.entries(schema.properties)) {
      if (property.nullable || schema.required?.includes(name)) continue
      schema.properties[name] = orNull(property)
      changed++
    }
  }
  return changed
}

/** Adds values to an enum, which the enum of the document lacks. The path leads from a schema to it. */
export const addValues =
  (schema: string, path: readonly string[], values: readonly string[]) => (document: Document) => {
    let at: Schema = schemaOf(document, schema)
    for (const name of path) {
      const next =
        at.properties?.[name] ?? at.allOf?.find((part) => part.properties?.[name])?.properties?.[name]
      if (!next) throw new Error(`${schema}.${path.join('.')} is gone`)
      at = next
    }
    const known = at.enum
    if (!known) return 0
    const missing = values.filter((value) => !known.includes(value))
    known.push(...missing)
    return missing.length
  }

/** Gives the second use of an id a name of its own: `[method, path, name]`. */
export const rename =
  (names: readonly (readonly ['get' | 'put' | 'post' | 'delete', string, string])[]) =>
  (document: Document) =>
    count(names, ([method, path, name]) => {
      const operation = document.paths[path]?.[method]
      if (!operation) throw new Error(`${method} ${path} is gone`)
      if (operation.operationId === name) return false
      operation.operationId = name
      return true
    })

/** Adds a schema of ours. */
export const addSchema = (name: string, schema: Schema) => (document: Document) => {
  if (document.components.schemas[name]) throw new Error(`schema ${name} is there already`)
  document.components.schemas[name] = structuredClone(schema)
  return 1
}

/** Gives operations an answer that the document leaves open. */
export const answers =
  (ids: readonly string[], schema: Schema, status = '200') =>
  (document: Document) =>
    count(ids, (id) => {
      const { responses } = operationOf(document, id).operation
      const response = responses[status]
      if (!response) throw new Error(`${id} does not answer ${status} any more`)
      if (schemasIn(response).some((known) => Object.keys(known).length > 0)) return false
      responses[status] = { content: { 'application/json': { schema: structuredClone(schema) } } }
      return true
    })

/** Puts another answer in the place of the one that the document states wrongly. */
export const answersInstead = (id: string, schema: Schema) => (document: Document) => {
  const { operation } = operationOf(document, id)
  if (JSON.stringify(answerOf(operation)) === JSON.stringify(schema)) return 0
  operation.responses['200'] = { content: { 'application/json': { schema: structuredClone(schema) } } }
  return 1
}

/** Puts another request body in the place of one that the document states wrongly. */
export const asks = (id: string, schema: Schema) => (document: Document) => {
  const { operation } = operationOf(document, id)
  if (JSON.stringify(schemasIn(operation.requestBody)[0]) === JSON.stringify(schema)) return 0
  operation.requestBody = {
    required: true,
    content: { 'application/json': { schema: structuredClone(schema) } },
  }
  return 1
}

/** Makes a query parameter an array of strings that is sent comma-separated. */
export const commaSeparated =
  (ids: readonly string[], name: string, values: readonly string[]) => (document: Document) =>
    count(ids, (id) => {
      const parameter = operationOf(document, id).operation.parameters?.find(
        (one) => one.in === 'query' && one.name === name,
      )
      if (!parameter) throw new Error(`${id} lost its parameter ${name}`)
      if (parameter.schema?.type === 'array') return false
      parameter.schema = { type: 'array', items: { type: 'string', enum: [...values] } }
      parameter.explode = false
      return true
    })

/** Query lists whose items are stated as objects without members are lists of words. */
export const listsOfWords = () => (document: Document) => {
  let changed = 0
  for (const { item, operation } of operationsOf(document)) {
    for (const parameter of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
      const { items } = parameter.schema ?? {}
      if (parameter.in !== 'query' || !parameter.schema || !items) continue
      if (Object.keys(propertiesOf(document, items)).length > 0 || resolve(document, items).type !== 'object')
        continue
      parameter.schema.items = { type: 'string' }
      changed++
    }
  }
  return changed
}

/** Ids in paths and queries may be given as the text that answers hold: 64 bits do not fit into a number. */
export const idsAsText = () => (document: Document) => {
  let changed = 0
  const either: Schema = { anyOf: [{ type: 'string' }, { type: 'integer' }] }
  for (const { operation } of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) {
      const { in: place, name, schema } = parameter
      if (place !== 'path' && !/^ids?$|-id$/.test(name)) continue
      if (schema?.format === 'int64') parameter.schema = structuredClone(either)
      else if (schema?.items?.format === 'int64') schema.items = structuredClone(either)
      else continue
      changed++
    }
  }
  return changed
}

/** Drops a query parameter that cannot be sent as the document has it. */
export const dropParameter = (id: string, name: string) => (document: Document) => {
  const { operation } = operationOf(document, id)
  const before = operation.parameters?.length ?? 0
  operation.parameters = operation.parameters?.filter((one) => one.name !== name) ?? []
  return before - operation.parameters.length
}

/** `format: string` without a type means a string. */
export const stringsWithoutType = () => (document: Document) => {
  let changed = 0
  const seen = new Set<Schema>()
  const look = (schema: Schema): void => {
    if (seen.has(schema)) return
    seen.add(schema)
    if (schema.format === 'string' && schema.type === undefined) {
      schema.type = 'string'
      changed++
    }
    for (const part of partsOf(schema)) look(part)
  }
  for (const schema of Object.values(document.components.schemas)) look(schema)
  for (const body of Object.values(document.components.requestBodies ?? {})) schemasIn(body).forEach(look)
  for (const { operation } of operationsOf(document)) {
    schemasIn(operation.requestBody).forEach(look)
    for (const response of Object.values(operation.responses)) schemasIn(response).forEach(look)
  }
  return changed
}

/** Several steps as one correction. */
export const all =
  (...steps: readonly ((document: Document) => number)[]) =>
  (document: Document) =>
    steps.reduce((sum, step) => sum + step(document), 0)

function count<Item>(items: readonly Item[], change: (item: Item) => boolean): number {
  return items.filter((item) => change(item)).length
}

/** The schema, or the part of its `allOf`, that has properties. */
function withProperties(
  document: Document,
  name: string,
): { owner: Schema; properties: Record<string, Schema> } {
  const schema = schemaOf(document, name)
  const owner = schema.properties ? schema : schema.allOf?.find((part) => part.properties)
  if (!owner?.properties) throw new Error(`schema ${name} has no properties any more`)
  return { owner, properties: owner.properties }
}

/** The same schema, or null. */
function orNull(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { allOf: [schema], nullable: true }
  const values = schema.enum && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {}
  return { ...schema, ...values, nullable: true }
}
