/** Enums that an answer can contain stay open: the service knows values that its documents do not. */

import { type Document, type Schema, operationsOf, resolve, schemasIn, walk } from '../openapi.ts'
import { refTo } from '../placeholders.ts'

/** Opens them in place, and returns how many there were. One value alone and discriminators stay closed. */
export function openEnums(document: Document): number {
  const answered = operationsOf(document).flatMap(({ operation }) =>
    Object.values(operation.responses).flatMap(schemasIn),
  )
  const closed = discriminators(document)
  const found = new Set<Schema>()
  walk(document, answered, (schema) => {
    const values = schema.enum?.filter((value) => value !== null) ?? []
    if (schema.type === 'string' && values.length > 1 && !closed.has(schema)) found.add(schema)
  })
  for (const schema of found) {
    const { nullable = false, readOnly, writeOnly } = schema
    const values = schema.enum?.filter((value) => value !== null) ?? []
    for (const key of Object.keys(schema) as (keyof Schema)[]) delete schema[key]
    Object.assign(schema, {
      anyOf: [{ type: 'string', enum: values }, refTo('OpenString')],
      ...(nullable && { nullable }),
      ...(readOnly && { readOnly }),
      ...(writeOnly && { writeOnly }),
    })
  }
  return found.size
}

/** The schemas of properties by which a union is told apart. */
function discriminators(document: Document): Set<Schema> {
  const result = new Set<Schema>()
  walk(document, Object.values(document.components.schemas), (schema) => {
    const name = schema.discriminator?.propertyName
    if (name === undefined) return
    const variants = [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map((part) =>
      resolve(document, part),
    )
    for (const { properties } of variants) if (properties?.[name]) result.add(properties[name])
  })
  return result
}
