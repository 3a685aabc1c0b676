/** What is left of a document: what types and schemas need, and none of its prose. */

import type { Body, Document, OperationObject, Parameter, PathItem, Place, Schema } from '../openapi.ts'
import { schemasIn, walk } from '../openapi.ts'

/** The schema without descriptions, examples, defaults and bounds. */
export function slimSchema(schema: Schema): Schema {
  const { $ref, type, format, nullable, readOnly, writeOnly, required, discriminator } = schema
  if ($ref !== undefined) return { $ref }
  const list = (parts: Schema[] | undefined): Schema[] | undefined => parts?.map(slimSchema)
  return defined({
    type,
    format,
    enum: schema.enum,
    nullable,
    readOnly,
    writeOnly,
    required: required && required.length > 0 ? required : undefined,
    properties: schema.properties && mapValues(schema.properties, slimSchema),
    items: schema.items && slimSchema(schema.items),
    additionalProperties:
      typeof schema.additionalProperties === 'object'
        ? slimSchema(schema.additionalProperties)
        : schema.additionalProperties,
    allOf: list(schema.allOf),
    anyOf: list(schema.anyOf),
    oneOf: list(schema.oneOf),
    not: schema.not && slimSchema(schema.not),
    discriminator,
  })
}

/** A document of these operations alone, and of the schemas they can reach, in the order of the document. */
export function select(document: Document, places: readonly Place[]): Document {
  const paths: Record<string, PathItem> = {}
  for (const { path, method, operation } of places) (paths[path] ??= {})[method] = slimOperation(operation)
  const roots = places.flatMap(({ operation }) => [
    ...(operation.parameters ?? []).flatMap(({ schema }) => (schema ? [schema] : [])),
    ...schemasIn(operation.requestBody),
    ...Object.values(operation.responses).flatMap(schemasIn),
  ])
  const reached = new Set<Schema>()
  walk(document, roots, (schema) => reached.add(schema))
  const schemas = Object.entries(document.components.schemas).filter(([, schema]) => reached.has(schema))
  return {
    openapi: document.openapi,
    info: { title: 'API', version: document.info.version },
    paths,
    components: { schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, slimSchema(schema)])) },
  }
}

/** One document of two that share no path. A schema of the same name has to be the same. */
export function join(one: Document, other: Document): Document {
  for (const [name, schema] of Object.entries(other.components.schemas)) {
    const known = one.components.schemas[name]
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`Two different schemas ${name}`)
  }
  return {
    ...one,
    paths: { ...one.paths, ...other.paths },
    components: { schemas: { ...one.components.schemas, ...other.components.schemas } },
  }
}

function slimOperation({
  operationId,
  parameters,
  requestBody,
  responses,
}: OperationObject): OperationObject {
  return defined({
    operationId,
    parameters: parameters?.map(slimParameter),
    requestBody: requestBody && slimBody(requestBody),
    responses: mapValues(responses, (response) => slimBody(response)),
  })
}

const slimParameter = ({ name, in: place, required, schema }: Parameter): Parameter =>
  defined({
    name,
    in: place,
    required: place === 'path' || required,
    schema: slimSchema(schema ?? { type: 'string' }),
  })

const slimBody = ({ required, content }: Body): Body & { description: string } =>
  defined({
    description: '',
    required,
    content: content && mapValues(content, ({ schema }) => ({ schema: slimSchema(schema ?? {}) })),
  })

const mapValues = <Value, Result>(
  from: Record<string, Value>,
  change: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]))

type Defined<Type> = { [Key in keyof Type]: Exclude<Type[Key], undefined> }

const defined = <Type extends object>(value: Type): Defined<Type> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<Type>
