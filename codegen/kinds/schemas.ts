/** Corrections of schemas. Each returns how many places it changed. */

import { count } from '../corrections.ts'
import { type Document, type Schema, operationsOf, partsOf, schemaOf, schemasIn, walk } from '../openapi.ts'

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

/** Changes schemas in place, where no other kind of correction fits. The change says whether there was anything to do. */
export const reshape =
  (names: readonly string[], change: (schema: Schema) => boolean) => (document: Document) =>
    count(names, (name) => change(schemaOf(document, name)))

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

/** Adds a schema of ours. */
export const addSchema = (name: string, schema: Schema) => (document: Document) => {
  if (document.components.schemas[name]) throw new Error(`schema ${name} is there already`)
  document.components.schemas[name] = structuredClone(schema)
  return 1
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
