import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'

/** The thing whose properties a call is about, once the caller was let in. */
interface PropertyHolder {
  readonly properties: Map<string, unknown>
  /** The address of its list of properties, without a slash at the end. */
  readonly address: string
}

/** The four operations on the properties of one kind of thing. */
interface PropertyOperations {
  readonly list: Operation<unknown, unknown>
  readonly get: Operation<unknown, unknown>
  readonly set: Operation<unknown, unknown>
  readonly remove: Operation<unknown, unknown>
}

interface PropertyManners {
  /** Finds the thing, or refuses: who may read it, and who may change it. */
  readonly holderOf: (call: Call, access: 'read' | 'write') => PropertyHolder
  /** A refusal in the form of the API. */
  readonly error: (status: number, message: string) => Reply
}

const keyOf = (call: Call): string => call.path['propertyKey'] ?? ''

/** Longest key, and most characters of a value as JSON (documented). */
const longestKey = 255
const longestValue = 32_768

/**
 * Values of any JSON under keys: a new key is answered with 201, a known one with 200, neither with a body (documented).
 */
export function propertyHandlers(
  operations: PropertyOperations,
  { holderOf, error }: PropertyManners,
): readonly Served[] {
  const missing = (key: string): Reply => error(404, `The property '${key}' does not exist.`)
  return [
    serve(operations.list, [], (call) => {
      const { properties, address } = holderOf(call, 'read')
      const keys = [...properties.keys()].map((key) => ({
        self: `${address}/${encodeURIComponent(key)}`,
        key,
      }))
      return ok({ keys })
    }),
    serve(operations.get, [], (call) => {
      const { properties } = holderOf(call, 'read')
      const key = keyOf(call)
      return properties.has(key) ? ok({ key, value: properties.get(key) }) : missing(key)
    }),
    serve(operations.set, [], (call) => {
      const { properties } = holderOf(call, 'write')
      const key = keyOf(call)
      const { body } = call
      if (body.kind !== 'json') return error(400, 'The value of a property has to be JSON.')
      if (key.length > longestKey) {
        return error(400, `The key of a property must not be longer than ${longestKey} characters.`)
      }
      if (JSON.stringify(body.value).length > longestValue) {
        return error(400, `The value of a property must not be longer than ${longestValue} characters.`)
      }
      const known = properties.has(key)
      properties.set(key, body.value)
      return json(known ? 200 : 201, undefined)
    }),
    serve(operations.remove, [], (call) => {
      const { properties } = holderOf(call, 'write')
      const key = keyOf(call)
      return properties.delete(key) ? empty() : missing(key)
    }),
  ]
}
