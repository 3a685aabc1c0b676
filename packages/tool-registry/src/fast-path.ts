import type { Exchange, ExchangedCall } from './exchange.ts'
import { fastCase } from './fast-case.ts'
import type { FastCase } from './fast-case.ts'
import { inForm } from './result.ts'
import type { Runner } from './run.ts'
import type { Tier } from './tiers.ts'
import type { Visit } from './visit.ts'
import { answerText, encodedResult } from './wire.ts'
import type { ServerInfo, WireRequest } from './wire.ts'

/** What the fast path shares with the SDK's. */
export interface FastPathOptions<Services> {
  readonly run: Runner<Services>
  readonly info: ServerInfo
  /** Calls so deep need an agreement, for which a client of the newer era can ask its person. */
  readonly asksFor: readonly Tier[]
}

/** Answers an exchange, or declines it at once and without any effect. */
export type FastPath<Services> = (exchange: Exchange<Services>) => Promise<Response> | undefined

/**
 * Answers well-formed `tools/list`, `tools/call` and `ping` of both eras as the SDK would, from what is prepared. It
 * chooses an encoder and decides nothing: admission comes before it, and all that surrounds a run is in the runner.
 */
export function createFastPath<Services>({
  run,
  info,
  asksFor,
}: FastPathOptions<Services>): FastPath<Services> {
  async function answer(
    { view, visit }: Exchange<Services>,
    message: WireRequest,
    found: FastCase<Services>,
  ): Promise<Response> {
    const { id, era } = message
    if (found.kind === 'ping') return json(answerText(id, '{}'), visit)
    if (found.kind === 'list') return json(answerText(id, view.list(era)), visit)
    const { resolved, arguments: args, via } = found.call
    const result = await run({ ...resolved, ...(via !== undefined && { via }), arguments: args, visit, view })
    return json(answerText(id, encodedResult({ ...inForm(result, view.results) }, era, info)), visit)
  }

  /** Whether the answer may be a question to the person, which the SDK puts. */
  function asks(
    { resolved: { tool, alias }, arguments: args }: ExchangedCall<Services>,
    message: WireRequest,
  ): boolean {
    if (asksFor.length === 0 || message.era === 'legacy') return false
    const bound = tool.bind(args, alias)
    return bound.ok && asksFor.includes(bound.tier)
  }

  return (exchange) => {
    const { message, call, request } = exchange
    if (message === undefined) return undefined
    const found = fastCase({ headers: request.headers, message, call })
    if (found?.kind === 'call' && asks(found.call, message)) return undefined
    return found && answer(exchange, message, found)
  }
}

/**
 * A string is the cheapest body there is, and header fields are cheapest when the answer is made with them. The HTTP layer
 * adds the length.
 */
function json(text: string, { admission }: Pick<Visit<unknown>, 'admission'>): Response {
  return new Response(text, { headers: { 'content-type': 'application/json', ...admission?.headers() } })
}
