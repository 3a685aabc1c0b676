/** What this generator reads of OpenAPI 3.0, and how to walk it. */

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const
export type Method = (typeof METHODS)[number]

export interface Schema {
  $ref?: string
  type?: string
  format?: string
  enum?: unknown[]
  nullable?: boolean
  readOnly?: boolean
  writeOnly?: boolean
  uniqueItems?: boolean
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minProperties?: number
  maxProperties?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: boolean | Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  not?: Schema
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
}

export interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
  explode?: boolean
  schema?: Schema
}

export interface Content {
  [mediaType: string]: { schema?: Schema }
}

export interface Body {
  $ref?: string
  required?: boolean
  content?: Content
}

export interface OperationObject {
  operationId: string
  tags?: string[]
  deprecated?: boolean
  'x-experimental'?: boolean
  'x-atlassian-oauth2-scopes'?: { scheme: string; state: string; scopes?: string[] }[]
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: Body
  responses: Record<string, { $ref?: string; content?: Content }>
}

export type PathItem = { parameters?: Parameter[] } & { [M in Method]?: OperationObject }

export interface Document {
  openapi: string
  info: { title?: string; version: string }
  servers?: { url: string }[]
  paths: Record<string, PathItem>
  components: {
    schemas: Record<string, Schema>
    parameters?: Record<string, Parameter>
    requestBodies?: Record<string, Body>
    responses?: Record<string, { content?: Content }>
  }
}

export interface Place {
  readonly path: string
  readonly method: Method
  readonly operation: OperationObject
  readonly item: PathItem
}

/** Every operation of a document, in the document's order. */
export function operationsOf(document: Document): Place[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ path, method, operation, item }] : []
    }),
  )
}

/** The operation of that id, or an error that says it is gone. */
export function operationOf(document: Document, id: string): Place {
  const place = operationsOf(document).find(({ operation }) => operation.operationId === id)
  if (!place) throw new Error(`operation ${id} is gone`)
  return place
}

/** The schema of that name, or an error that says it is gone. */
export function schemaOf(document: Document, name: string): Schema {
  const schema = document.components.schemas[name]
  if (!schema) throw new Error(`schema ${name} is gone`)
  return schema
}

/** What a local reference points at, through any number of references. */
export function resolve<Part extends { $ref?: string }>(document: Document, part: Part): Part {
  let current = part
  for (let depth = 0; current.$ref !== undefined; depth++) {
    if (depth > 20) throw new Error(`${part.$ref} leads in a circle`)
    let target: unknown = document
    for (const key of current.$ref.slice(2).split('/')) target = (target as Record<string, unknown>)[key]
    if (target === undefined) throw new Error(`${current.$ref} points nowhere`)
    current = target as Part
  }
  return current
}

/** The properties of a schema, those of its references and `allOf` parts included. */
export function propertiesOf(document: Document, schema: Schema | undefined): Record<string, Schema> {
  if (!schema) return {}
  const own = resolve(document, schema)
  const inherited = (own.allOf ?? []).map((part) => propertiesOf(document, part))
  return Object.assign({}, ...inherited, own.properties)
}

/** The schemas directly inside a schema. */
export function partsOf(schema: Schema): Schema[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.items ? [schema.items] : []),
    ...(schema.not ? [schema.not] : []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ]
}

/** Calls `visit` once for each schema that can be reached from the roots, references followed. */
export function walk(document: Document, roots: readonly Schema[], visit: (schema: Schema) => void): void {
  const seen = new Set<Schema>()
  const todo = [...roots]
  for (let schema = todo.pop(); schema; schema = todo.pop()) {
    if (seen.has(schema)) continue
    seen.add(schema)
    visit(schema)
    if (schema.$ref !== undefined) todo.push(resolve(document, schema))
    todo.push(...partsOf(schema))
  }
}

/** The schemas in all media types of a body or an answer. */
export function schemasIn(part: { content?: Content } | undefined): Schema[] {
  return Object.values(part?.content ?? {}).flatMap(({ schema }) => (schema ? [schema] : []))
}

/** Whether a status belongs to an answer that did what was asked. */
export const isSuccess = (status: string): boolean => status.startsWith('2')

/** The schema of the first JSON answer that a success carries, if the document has one. */
export function answerOf(operation: OperationObject): Schema | undefined {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (isSuccess(status)) for (const schema of schemasIn(response)) return schema
  }
  return undefined
}
