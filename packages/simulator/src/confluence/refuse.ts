import type { Call } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { isObject, type JsonObject } from '../http/value.ts'

/** Ends a call of version 2 with 404: what is hidden is not there (inferred from Jira's behaviour). */
export function refuseMissing(what: string, id: string | undefined): never {
  return refuse(confluenceV2Error(404, `${what} with id ${id ?? ''} was not found`))
}

/** Ends a call of version 2 with 400. */
export function refuseInput(title: string): never {
  return refuse(confluenceV2Error(400, title))
}

/** Ends a call of version 2 with 403. */
export function refuseRight(title: string): never {
  return refuse(confluenceV2Error(403, title))
}

/** Ends a call of version 2 with 404, which the documents have for a missing permission too. */
export function refuseUnpermitted(title: string): never {
  return refuse(confluenceV2Error(404, title))
}

/** The body of a call of version 2 as an object. */
export function bodyOf({ body }: Pick<Call, 'body'>): JsonObject {
  if (body.kind === 'json' && isObject(body.value)) return body.value
  return refuseInput(
    body.kind === 'none' ? 'The request body is missing' : 'The request body could not be read',
  )
}
