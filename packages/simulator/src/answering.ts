import type { OperationSpec } from '@telamon/rest'

import type { Credentials } from './auth/credentials.ts'
import { revoke } from './auth/grants.ts'
import type { ScopeBook } from './auth/scopes.ts'
import type { Fault, FaultSubject } from './faults/fault.ts'
import type { FaultBook } from './faults/rules.ts'
import { gatewayFaults, hang, replyInstead, spoil, type Wait } from './faults/strike.ts'
import { admitAtGateway, admitAtSite, gatewayNotFound, prepareCall, type ProductRequest } from './gateway.ts'
import type { Ground } from './ground.ts'
import type { Call } from './http/call.ts'
import { compressed } from './http/compressing.ts'
import { problem } from './http/errors.ts'
import { type Service, toResponse } from './http/headers.ts'
import { json, Refusal, refuse, type Reply } from './http/reply.ts'
import { version2Of } from './http/version-2.ts'
import { findIssue } from './jira/find.ts'
import type { Meter } from './limits/meter.ts'
import { pointsOf } from './limits/points.ts'
import type { createLog } from './log.ts'
import type { ObservedAnswer } from './observed-answer.ts'
import { sitePage } from './pages/site.ts'
import { ownPage, platformAnswer } from './platform.ts'
import type { Route, Router } from './router.ts'
import type { ProductName, Site } from './world/model.ts'
import type { Watch } from './world/watch.ts'

/** What answering takes. */
export interface Answering {
  readonly ground: Ground
  readonly router: Router
  readonly scopeBook: ScopeBook
  readonly faultBook: FaultBook
  readonly log: ReturnType<typeof createLog>
  readonly meter: Meter
  readonly strict: boolean
  readonly compress: boolean
  readonly onAnswer?: (answer: ObservedAnswer) => void
  readonly credentialsOf: (request: Request) => Credentials
  /** Does what may change the world. */
  readonly writing: Watch['writing']
  /** Resolves when the world is on the disk. */
  readonly save: () => Promise<void>
  readonly wait: Wait
  /** Fires when the simulator closes. */
  readonly closed: AbortSignal
}

/** A request under way, with what is found out about it. */
interface Exchange {
  readonly request: Request
  readonly url: URL
  readonly credentials: Credentials
  service: Service
  /** The product that is asked, once that is clear. */
  product?: ProductName
  operation?: OperationSpec | string
  site?: Site
  wrote: boolean
  fault?: Fault
  readonly notes: string[]
}

/** Where a request leads, before anything is checked. */
type Target =
  | {
      readonly type: 'product'
      readonly product: ProductName
      readonly pathname: string
      readonly cloudId?: string
    }
  | { readonly type: 'other' }

const productOfPath = (path: string): ProductName | undefined => {
  if (/^\/wiki\/(?:rest|api)\//.test(path)) return 'confluence'
  return path.startsWith('/rest/') ? 'jira' : undefined
}

/** Makes the function that answers requests, in the order: who, where, what goes wrong, limits, the work, the log. */
export function createAnswering(setting: Answering): (request: Request) => Promise<Response> {
  const { ground, log, closed, save } = setting
  return async (request) => {
    request.signal.throwIfAborted()
    const url = new URL(request.url)
    const credentials = setting.credentialsOf(request)
    const exchange: Exchange = { request, url, credentials, service: 'gateway', wrote: false, notes: [] }
    const entry = (status: number | undefined): void => log.add(entryOf(ground, exchange, status))
    try {
      const reply = await answer(setting, exchange)
      if (exchange.wrote) await save()
      const accountId = 'caller' in credentials ? credentials.caller.person?.accountId : undefined
      const plain = toResponse(reply, {
        service: exchange.service,
        random: ground.random,
        ...(accountId !== undefined && { accountId }),
      })
      // A fault that takes members out of JSON has to find JSON.
      const packs = setting.compress && exchange.fault?.kind !== 'omit'
      const response = packs ? await compressed(request, plain) : plain
      if (exchange.fault?.kind === 'hang') await hang(request, closed)
      const signal = AbortSignal.any([request.signal, closed])
      const spoiling = { random: ground.random, wait: setting.wait, signal }
      const sent = exchange.fault ? await spoil(exchange.fault, response, spoiling) : response
      entry(sent.status)
      return sent
    } catch (error) {
      entry(undefined)
      throw error
    }
  }
}

async function answer(setting: Answering, exchange: Exchange): Promise<Reply> {
  try {
    return await unguarded(setting, exchange)
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}

async function unguarded(setting: Answering, exchange: Exchange): Promise<Reply> {
  const { ground } = setting
  const { url } = exchange
  const surface = ground.origins.surfaceOf(url)
  if (!surface) {
    return json(404, {
      message: `This simulator does not answer for ${url.origin}. It is ${ground.origins.api}.`,
    })
  }
  if (surface.type === 'site') {
    const site = [...ground.world.sites.values()].find(({ name }) => name === surface.name)
    return site
      ? answerAtSite(setting, exchange, site)
      : refuse(gatewayNotFound(url.pathname, ground.clock.now()))
  }
  const target = surface.api ? gatewayTarget(url) : { type: 'other' as const }
  if (target.type === 'product') return answerProduct(setting, exchange, target)
  const found = platformAnswer(ground, setting.scopeBook, { ...exchange, ...surface })
  if (!found) return gatewayNotFound(url.pathname, ground.clock.now())
  exchange.service = found.service
  if (found.operation !== undefined) exchange.operation = found.operation
  exchange.wrote = found.writes === true
  const { reply } = found
  return withFault(setting, exchange, found.writes ? () => setting.writing(reply) : reply)
}

function gatewayTarget({ pathname }: URL): Target {
  const match = /^\/ex\/(jira|confluence)\/([^/]+)(\/.*)$/.exec(pathname)
  const [, product, cloudId, rest = ''] = match ?? []
  if (cloudId === undefined || (product !== 'jira' && product !== 'confluence')) return { type: 'other' }
  return { type: 'product', product, cloudId, pathname: rest }
}

async function answerAtSite(setting: Answering, exchange: Exchange, site: Site): Promise<Reply> {
  const { ground, scopeBook } = setting
  const { request, url } = exchange
  exchange.site = site
  const product = productOfPath(url.pathname)
  if (product) return answerProduct(setting, exchange, { type: 'product', product, pathname: url.pathname })
  if (url.pathname === '/_edge/tenant_info') {
    exchange.service = 'resources'
    return json(200, { cloudId: site.cloudId })
  }
  exchange.service = 'page'
  const own = ownPage(ground, scopeBook, exchange)
  return own ? own.reply() : sitePage(ground, { site, request, url })
}

/** A request for a product: admission, faults, limits, the handler. */
async function answerProduct(
  setting: Answering,
  exchange: Exchange,
  target: Extract<Target, { type: 'product' }>,
): Promise<Reply> {
  const { ground, router, meter } = setting
  const { request, url, credentials, site } = exchange
  const { product, cloudId } = target
  const second = product === 'jira' ? version2Of(target.pathname) : undefined
  const pathname = second?.pathname ?? target.pathname
  const asked: ProductRequest = { request, url, product, pathname, credentials }
  const route = router.route(product, request.method, pathname)
  exchange.product = product
  if (route.type === 'served') exchange.operation = route.served.operation
  const known = site ?? ground.world.sites.get(cloudId ?? '')
  if (known) exchange.site = known
  return withFault(setting, exchange, async () => {
    const admitted = site ? admitAtSite(ground, asked, site) : admitAtGateway(ground, asked, cloudId ?? '')
    exchange.service = product
    const prepared = await prepareCall(ground, { ...asked, ...admitted, router })
    const { ignored, run, writes } = prepared
    const call = second ? { ...prepared.call, body: second.body(prepared.call.body) } : prepared.call
    passOver(setting, exchange, { ignored, pathname })
    const { operation } = call
    const metered = {
      cloudId: admitted.site.cloudId,
      users: admitted.site.members.size,
      operation,
      issue: findIssue(admitted.site, call.path['issueIdOrKey'] ?? '')?.id,
      clientId: admitted.caller.clientId,
    }
    const { headers, refusal } = meter.take(metered)
    const reply = refusal ?? handled(setting, { call, url, writes, document: documentNameOf(route) }, run)
    exchange.wrote = writes && reply.status < 400
    meter.spend(metered, pointsOf(operation, reply.body))
    const shown = second?.reply(reply) ?? reply
    return { ...shown, headers: { ...headers, ...reply.headers } }
  })
}

const documentNameOf = (route: Route): string => (route.type === 'served' ? route.document : '')

/** The handler's answer, a refusal from its depth included, shown to whoever looks on. */
function handled(
  { onAnswer, writing }: Answering,
  asked: { readonly call: Call; readonly writes: boolean; readonly document: string; readonly url: URL },
  run: (call: Call) => Reply,
): Reply {
  const { call, writes, document, url } = asked
  const { operation, pathname } = call
  const reply = !writes
    ? settled(() => run(call))
    : writing(() => {
        // The person was found before, and may be changed too.
        call.world.people.get(call.caller.person?.accountId ?? '')
        return settled(() => run(call))
      })
  if (onAnswer) {
    // As a client reads it: members that are undefined are not there.
    const body: unknown = reply.body === undefined ? undefined : JSON.parse(JSON.stringify(reply.body))
    const path = `${pathname}${url.search}`
    onAnswer({ document, operation, method: operation.method, path, status: reply.status, body })
  }
  return reply
}

function settled(reply: () => Reply): Reply {
  try {
    return reply()
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}

/** Parameters that the handler does not understand: refused, or noted. */
function passOver(
  { strict }: Answering,
  { notes, operation }: Exchange,
  { ignored, pathname }: { readonly ignored: readonly string[]; readonly pathname: string },
): void {
  if (ignored.length === 0) return
  const names = ignored.map((name) => `'${name}'`).join(', ')
  const id = typeof operation === 'object' ? operation.id : ''
  const detail = `The simulator does not serve the query parameter ${names} of ${id}.`
  if (strict) refuse(problem(501, { detail, instance: pathname }))
  notes.push(detail)
}

/** Looks whether a fault strikes, and answers with it, or with what comes otherwise. */
async function withFault(
  setting: Answering,
  exchange: Exchange,
  reply: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const fault = setting.faultBook.strike(subjectOf(exchange))
  if (!fault) return reply()
  exchange.fault = fault
  endAccess(setting, exchange, fault)
  const { url, product } = exchange
  const instead = replyInstead(fault, { url, faulty: product ?? 'platform' })
  if (product && !gatewayFaults.has(fault.kind)) exchange.service = product
  if (instead || fault.kind === 'hang') exchange.wrote = false
  if (fault.kind === 'hang') return { status: 200 }
  return instead ?? answerRefusals(reply)
}

/** Two faults are no pretence: the token or the grant of the request is gone afterwards. */
function endAccess(
  { ground, writing }: Answering,
  { request, credentials }: Exchange,
  { kind }: Fault,
): void {
  if (credentials.kind !== 'bearer') return
  const token = request.headers.get('authorization')?.split(' ')[1] ?? ''
  if (kind === 'expired-token') writing(() => ground.world.auth.accessTokens.delete(token))
  if (kind === 'revoked-grant') writing(() => revoke(ground, credentials.grant.id))
}

/** A refusal is an answer too, and can be spoilt. */
async function answerRefusals(reply: () => Reply | Promise<Reply>): Promise<Reply> {
  try {
    return await reply()
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}

function nameOf(operation: Exchange['operation']): string | undefined {
  return typeof operation === 'object' ? operation.id : operation
}

function subjectOf({ request, url, operation, site, credentials }: Exchange): FaultSubject {
  const person = 'caller' in credentials ? credentials.caller.person : undefined
  return {
    operation: nameOf(operation),
    method: request.method,
    path: url.pathname,
    site: site?.name,
    person: person ? [person.handle, person.accountId] : [],
  }
}

function entryOf(
  { clock }: Ground,
  exchange: Exchange,
  status: number | undefined,
): Parameters<ReturnType<typeof createLog>['add']>[0] {
  const { request, url, operation, site, fault, wrote, notes, credentials } = exchange
  const person = 'caller' in credentials ? credentials.caller.person?.handle : undefined
  const name = nameOf(operation)
  return {
    at: clock.now(),
    method: request.method,
    path: `${url.pathname}${url.search}`,
    ...(name !== undefined && { operation: name }),
    ...(site && { site: site.name }),
    ...(person !== undefined && { person }),
    ...(status !== undefined && { status }),
    wrote,
    ...(fault && { fault: fault.kind }),
    notes,
  }
}
