/** Corrections of operations: ids, parameters, bodies, answers. Each returns how many places it changed. */

import { count } from '../corrections.ts'
import {
  type Document,
  type Schema,
  answerOf,
  operationOf,
  operationsOf,
  propertiesOf,
  resolve,
  schemasIn,
} from '../openapi.ts'

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
