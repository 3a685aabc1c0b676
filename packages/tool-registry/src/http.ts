import { admit } from './admit.ts'
import type { AdmitOptions, Refusal } from './admit.ts'
import { readBody, readParsed } from './body.ts'
import type { ReadBody } from './body.ts'
import { meantCall } from './catalogue/dispatch.ts'
import type { MeaninglessCall } from './catalogue/dispatch.ts'
import type { Exchange } from './exchange.ts'
import type { FastPath } from './fast-path.ts'
import { limitResponse } from './limits.ts'
import { refusal as refusalEvent } from './policies/audit.ts'
import type { NoView, Prepared, View } from './prepared.ts'
import { problemResult } from './problem.ts'
import type { Resolved } from './registry.ts'
import type { Visit } from './visit.ts'
import { answerText, encodedResult, errorAnswer, readRequest } from './wire.ts'
import type { ServerInfo, WireRequest } from './wire.ts'

/** What answering over HTTP is made of. */
export interface HttpOptions<Services> extends AdmitOptions {
  readonly info: ServerInfo
  readonly prepared: Prepared<Services>
  readonly bodyBytes: number
  readonly refusals: 'result' | 'http'
  /** Absent when it is switched off. */
  readonly fast?: FastPath<Services>
  readonly sdk: (exchange: Exchange<Services>) => Promise<Response>
}

/** One request with its visit, and its body when it was parsed before. */
export interface Incoming<Services> {
  readonly request: Request
  readonly visit: Visit<Services>
  readonly parsed?: unknown
}

/** Answers requests: body, view, admission, then the fast path or the SDK. Adds the person's limits to every answer. */
export function createHttp<Services>(
  options: HttpOptions<Services>,
): (incoming: Incoming<Services>) => Promise<Response> {
  const { prepared, bodyBytes, fast, sdk, observe } = options

  /** The exchange to answer, or the answer when there is nothing to look for. */
  async function begin(incoming: Incoming<Services>): Promise<Begun<Services>> {
    const { request, visit } = incoming
    if (request.method !== 'POST') return { answer: notAllowed() }
    const read = await bodyOf(incoming, bodyBytes)
    if (!read.ok) return { answer: read.refusal }
    const message = readRequest(read.message)
    const view = prepared.view(visit)
    if (isUnknown(view)) {
      return { answer: errorAnswer(400, { code: -32_602, message: view.unknown }, message?.id) }
    }
    const exchange = { request, visit, view, body: read.message, message }
    const resolved = message && calledTool(message, view)
    if (message === undefined || resolved === undefined) return { exchange: { ...exchange, call: undefined } }
    const given = message.params['arguments']
    const meant =
      resolved.tool.dispatch === undefined
        ? { ok: true as const, resolved, arguments: given }
        : await meantCall(resolved, given, view)
    const refusal = meant.ok ? admit({ ...meant.resolved, visit }, options) : meaningless(meant, visit)
    if (refusal !== undefined) {
      observe({ type: 'served', via: 'gate' })
      return { answer: refusalAnswer({ refusal, message, visit }, options) }
    }
    return { exchange: { ...exchange, call: meant.ok ? meant : undefined } }
  }

  /** A call that names nothing to run is answered before it counts against a limit. */
  function meaningless({ tool, problem }: MeaninglessCall, visit: Visit<Services>): Refusal {
    observe(refusalEvent({ tool, visit }, problem.code, options.now()))
    return { kind: 'arguments', problem }
  }

  return async (incoming) => {
    const begun = await begin(incoming)
    if ('answer' in begun) return withFields(begun.answer, incoming.visit)
    const answered = fast?.(begun.exchange)
    observe({ type: 'served', via: answered === undefined ? 'sdk' : 'fast' })
    return answered ?? withFields(await sdk(begun.exchange), incoming.visit)
  }
}

type Begun<Services> = { readonly answer: Response } | { readonly exchange: Exchange<Services> }

/** There is no stream to open and no session to end, since nothing is kept between requests. */
function notAllowed(): Response {
  const response = errorAnswer(405, { code: -32_000, message: 'Method not allowed.' })
  response.headers.set('allow', 'POST')
  return response
}

/** Adds the person's limits to an answer that was made without them. */
function withFields(response: Response, { admission }: Pick<Visit<unknown>, 'admission'>): Response {
  const fields = admission?.headers() ?? {}
  for (const [name, value] of Object.entries(fields)) {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  return response
}

async function bodyOf<Services>(
  { request, parsed }: Incoming<Services>,
  bodyBytes: number,
): Promise<ReadBody> {
  return parsed === undefined ? readBody(request, bodyBytes) : readParsed(parsed)
}

function isUnknown<Services>(view: View<Services> | NoView): view is NoView {
  return 'unknown' in view
}

function calledTool<Services>(
  { method, params }: WireRequest,
  view: View<Services>,
): Resolved<Services> | undefined {
  const name = method === 'tools/call' ? params['name'] : undefined
  return typeof name === 'string' ? view.get(name) : undefined
}

interface Refused<Services> {
  readonly refusal: Refusal
  readonly message: WireRequest
  readonly visit: Visit<Services>
}

/**
 * A missing permission is answered with HTTP 403, so that the client asks the person for it. A limit is told to the
 * model as a result, unless the deployment wants a status.
 */
function refusalAnswer<Services>(
  { refusal, message: { id, era }, visit }: Refused<Services>,
  { refusals, info }: Pick<HttpOptions<Services>, 'refusals' | 'info'>,
): Response {
  if (refusal.kind === 'permission' && visit.challenge !== undefined)
    return visit.challenge([refusal.missing])
  if (refusal.kind === 'limit' && refusals === 'http') return limitResponse(refusal.limit, id)
  const result = problemResult(refusal.problem, 'write')
  return new Response(answerText(id, encodedResult({ ...result }, era, info)), {
    headers: { 'content-type': 'application/json' },
  })
}
