import type { InboundOptions } from './inbound.ts'
import { admit } from './inbound.ts'

/** What is used of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request }
  readonly header: (name: string, value: string) => void
}

/** The same as `limitHandler`, as middleware of Hono. Fields are set before the handler: afterwards Hono builds the answer anew. */
export function limitHono<Context extends HonoContext>(
  options: InboundOptions<Context>,
): (context: Context, next: () => Promise<void>) => Promise<Response | undefined> {
  return async (context, next) => {
    const admitted = admit(options, context.req.raw, context)
    if ('refusal' in admitted) return admitted.refusal
    for (const [name, value] of Object.entries(admitted.fields)) context.header(name, value)
    try {
      await next()
    } finally {
      admitted.permit?.end()
    }
    return undefined
  }
}
