import type { Call } from '../http/call.ts'
import { jiraBindingError, jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { isObject, type JsonObject } from '../http/value.ts'

const binding = 'Invalid request payload. Refer to the REST API documentation and try again.'

/** Ends the call with the refusal of a body whose members have wrong types (recorded, F-SRCH-09). */
export function refuseBinding(): never {
  return refuse(jiraBindingError(binding))
}

/**
 * The body as an object. One that is no JSON is refused in the words of the service (recorded, F-400-02), an absent one
 * with the sentence of the operation, where it has one (recorded for creating issues, F-400-01).
 */
export function bodyOf({ body }: Pick<Call, 'body'>, missing?: string): JsonObject {
  if (body.kind === 'unreadable') {
    return refuse(jiraBindingError('There was an error parsing JSON. Check that your request body is valid.'))
  }
  if (body.kind === 'none' && missing !== undefined) return refuse(jiraError(400, [missing]))
  return body.kind === 'json' && isObject(body.value) ? body.value : refuseBinding()
}
