/** A prepared document → what each operation takes, as JSON Schema: for those who build a call from data. */

import { type OperationObject, type Parameter, type Schema, schemasIn, walk } from './openapi.ts'
import type { OperationRecord, Prepared } from './prepare.ts'

/** A JSON Schema, of which references lead to `#/schemas/NAME`. */
type JsonSchema = Readonly<Record<string, unknown>>

/** What one operation takes. */
interface Input {
  /** By name; a name ends with `!` when it has to be given. */
  readonly path?: Readonly<Record<string, JsonSchema>>
  readonly query?: Readonly<Record<string, JsonSchema>>
  readonly body?: JsonSchema
  readonly bodyRequired?: true
}

/**
 * A module whose text is JSON, one operation and one schema a line: read in no time, and nothing for the compiler to
 * check. Operations of apps, uploads and downloads are left out.
 */
export function emitInputs({ document, operations }: Prepared, header: string): string {
  const reached = new Set<Schema>()
  const inputs = operations
    .filter(({ record }) => isPlain(record))
    .map(({ place: { operation }, record }): [string, Input] => {
      walk(document, schemasIn(operation.requestBody), (part) => reached.add(part))
      return [record.id, inputOf(operation)]
    })
  const schemas = Object.entries(document.components.schemas)
    .filter(([, schema]) => reached.has(schema))
    .map(([name, schema]): [string, JsonSchema] => [name, toJsonSchema(schema)])
  const lines = (entries: readonly (readonly [string, unknown])[]): string =>
    entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',\n')
  const json = `{"operations":{\n${lines(inputs)}},\n"schemas":{\n${lines(schemas)}}}`
  if (json.includes('`') || json.includes('${')) throw new Error('A name would end the text of the module')
  return `${header}\n\n/** What each operation takes, as JSON. */\nexport const text: string = String.raw\`${json}\`\n`
}

function isPlain({ app, res, body }: OperationRecord): boolean {
  return app !== true && res !== 'binary' && (body === undefined || body === 'patch')
}

function inputOf({ parameters = [], requestBody }: OperationObject): Input {
  const [body] = schemasIn(requestBody)
  const path = parametersIn('path', parameters)
  const query = parametersIn('query', parameters)
  return {
    ...(path && { path }),
    ...(query && { query }),
    ...(body && { body: toJsonSchema(body) }),
    ...(requestBody?.required === true && { bodyRequired: true }),
  }
}

function parametersIn(place: string, parameters: readonly Parameter[]): Input['path'] {
  const found = parameters.filter((parameter) => parameter.in === place)
  if (found.length === 0) return undefined
  return Object.fromEntries(
    found.map(({ name, required, schema = {} }) => [
      required === true ? `${name}!` : name,
      toJsonSchema(schema),
    ]),
  )
}

/** What a caller may send: without what only answers have, and without prose. */
function toJsonSchema(schema: Schema): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: schema.$ref.replace('#/components', '#') }
  const { type, format, enum: values, properties, required, items, additionalProperties, nullable } = schema
  const members = Object.entries(properties ?? {}).filter(([, part]) => part.readOnly !== true)
  const needed = required?.filter((name) => members.some(([member]) => member === name))
  const parts = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((kind): [string, unknown][] => {
    const list = schema[kind]
    return list ? [[kind, list.map(toJsonSchema)]] : []
  })
  return {
    ...(type !== undefined && { type: nullable === true ? [type, 'null'] : type }),
    ...(format !== undefined && { format }),
    ...(values && { enum: values }),
    ...(members.length > 0 && {
      properties: Object.fromEntries(members.map(([name, part]) => [name, toJsonSchema(part)])),
    }),
    ...(needed && needed.length > 0 && { required: needed }),
    ...(items && { items: toJsonSchema(items) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: toJsonSchema(additionalProperties),
    }),
    ...Object.fromEntries(parts),
  }
}
