import type { InboundOptions } from './inbound.ts'
import { admit } from './inbound.ts'

/** How the requests of a handler are limited. */
export type LimitHandlerOptions<Context> = InboundOptions<Context>

/**
 * A handler over `Request` and `Response` that admits as much as its rules do: others get 429 with `Retry-After` and a
 * problem document. The fields `RateLimit` and `RateLimit-Policy` go out with every answer.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/
 */
export function limitHandler<Context = undefined>(
  handler: (request: Request, context: Context) => Response | Promise<Response>,
  options: LimitHandlerOptions<Context>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const admitted = admit(options, request, context)
    if ('refusal' in admitted) return admitted.refusal
    try {
      return withFields(await handler(request, context), admitted.fields)
    } finally {
      admitted.permit?.end()
    }
  }
}

function withFields(response: Response, fields: Readonly<Record<string, string>>): Response {
  try {
    for (const [name, value] of Object.entries(fields)) response.headers.set(name, value)
    return response
  } catch {
    // The headers of an answer that was fetched cannot be written to.
    const headers = new Headers(response.headers)
    for (const [name, value] of Object.entries(fields)) headers.set(name, value)
    const { status, statusText } = response
    return new Response(response.body, { status, statusText, headers })
  }
}
