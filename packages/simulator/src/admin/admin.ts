import type { Ground } from '../ground.ts'
import { json, type Reply } from '../http/reply.ts'
import { errorPage } from '../pages/layout.ts'
import { actions, type Administered } from './actions.ts'
import { AdminError, readInput } from './input.ts'
import { adminPage } from './pages.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/

/**
 * Whether a request comes from this machine, and from no page of another address: a name that was bound to loopback
 * from outside has another host, a page of another site another origin.
 */
function isOwn(request: Request): boolean {
  const { hostname, origin } = new URL(request.url)
  const from = request.headers.get('origin')
  return loopback.test(hostname) && (from === null || from === origin)
}

/**
 * The administration: everything below `/_sim`, as JSON and as pages. It is a handler of its own, and belongs on an
 * address of its own that nobody but this machine can reach.
 */
export function createAdmin(
  simulator: Administered,
  ground: Ground,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const reply = await answer({ simulator, ground }, request)
    const body = reply.text ?? (reply.body === undefined ? null : JSON.stringify(reply.body))
    const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    if (body !== null)
      headers.set('content-type', reply.text === undefined ? 'application/json' : 'text/html; charset=utf-8')
    for (const [name, value] of Object.entries(reply.headers ?? {})) headers.set(name, value)
    return new Response(body, { status: reply.status, headers })
  }
}

interface Setting {
  readonly simulator: Administered
  readonly ground: Ground
}

async function answer(setting: Setting, request: Request): Promise<Reply> {
  const { simulator } = setting
  if (!isOwn(request)) return json(403, { error: 'The administration answers only to this machine.' })
  const { pathname, search, searchParams } = new URL(request.url)
  if (pathname === '/' || pathname === '/_sim') return { status: 303, headers: { location: '/_sim/' } }
  const [root, ...rest] = pathname.slice(1).split('/').map(decode)
  if (root !== '_sim') return json(404, { error: 'Everything is below /_sim/.' })
  if (request.method === 'GET') {
    const page = adminPage(setting, rest, searchParams)
    if (page) return page
  }
  if (pathname === '/_sim/world') return world(simulator, request)
  return act(simulator, { request, rest, query: Object.fromEntries(new URLSearchParams(search)) })
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}

/** The whole world as a snapshot: out with GET, in with PUT. */
async function world({ snapshots }: Administered, request: Request): Promise<Reply> {
  if (request.method === 'GET')
    return { status: 200, text: snapshots.text(), headers: { 'content-type': 'application/jsonl' } }
  if (request.method !== 'PUT')
    return json(405, { error: 'GET the world, or PUT another.' }, { allow: 'GET, PUT' })
  try {
    await snapshots.load(Buffer.from(await request.arrayBuffer()))
    return json(200, { loaded: true })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return json(400, { error: `This cannot be the world: ${reason}. Send what GET /_sim/world gave.` })
  }
}

interface Asked {
  readonly request: Request
  readonly rest: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

async function act(simulator: Administered, { request, rest, query }: Asked): Promise<Reply> {
  const [name = '', ...below] = rest
  let fromPage = false
  try {
    const input = await readInput(request)
    ;({ fromPage } = input)
    const { method: wanted, ...fields } = input.fields
    // Forms can only POST; those that take away say so in a hidden field.
    const method = fromPage && typeof wanted === 'string' ? wanted : request.method
    const action = actions[`${method} ${name}`]
    if (!action) throw new AdminError(`There is no ${method} /_sim/${name}.`, 404)
    const given = await action(simulator, { ...query, ...fields }, below.filter(Boolean))
    return fromPage ? { status: 303, headers: { location: '/_sim/' } } : json(200, given)
  } catch (error) {
    if (!(error instanceof AdminError)) throw error
    const { status, message } = error
    return fromPage ? errorPage(status, 'This cannot be done', message) : json(status, { error: message })
  }
}
