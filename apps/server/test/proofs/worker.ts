/**
 * An instance in a process of its own, to be killed. It answers HTTP, and kills itself at the point it is told:
 * before the `n`-th call of an operation of a store or of `fetch`, or after the last call of all.
 *
 * Usage: node worker.ts ENGINE ADDRESS UPSTREAM
 */
import { createServer } from 'node:http'

import { getRequestListener } from '@hono/node-server'

import { openEngine } from './engines.ts'
import type { EngineName } from './engines.ts'
import { createInstance, issuer } from './instance.ts'

const [engine = 'sqlite', address = '', upstream = ''] = process.argv.slice(2)
const isEngine = (text: string): text is EngineName => ['sqlite', 'redis', 'postgres'].includes(text)
if (!isEngine(engine)) throw new TypeError(`There is no engine ${engine}`)

/** The calls since the process was armed, by name. */
let calls: string[] = []
/** Dies when so many calls have begun; or, being as many as there are, when the answer is ready. */
let fatal = Infinity
let ahead = 0

/** Never comes back from the point at which the process dies. */
async function pass(name: string): Promise<void> {
  calls.push(name)
  if (calls.length - 1 === fatal) await die()
}

async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise<never>(() => undefined)
}

/** A port whose calls are points to die at. */
function mined<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const operation: unknown = Reflect.get(target, name, receiver)
      if (typeof operation !== 'function' || typeof name !== 'string') return operation
      return async (...given: unknown[]): Promise<unknown> => {
        await pass(name)
        return Reflect.apply(operation, target, given)
      }
    },
  })
}

const store = await openEngine(engine, address)
const { authorization, vault } = createInstance({
  auth: mined(store.auth),
  vault: mined(store.vault),
  upstream,
  now: () => Date.now() + ahead,
  async fetch(input, init) {
    await pass('fetch')
    return globalThis.fetch(input, init)
  },
})

/** What the parent asks of the process itself. */
async function control(url: URL): Promise<Response> {
  if (url.pathname === '/-/arm') {
    calls = []
    fatal = Number(url.searchParams.get('at') ?? 'Infinity')
    ahead = Number(url.searchParams.get('ahead') ?? '0')
    return new Response()
  }
  if (url.pathname === '/-/calls') return Response.json(calls)
  return new Response(await vault.token(url.searchParams.get('grant') ?? ''))
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const inner = new URL(`${url.pathname}${url.search}`, issuer)
  const asControl = url.pathname.startsWith('/-/')
  const response = asControl
    ? await control(url)
    : ((await authorization.fetch(new Request(inner, request), { address: '127.0.0.1' })) ??
      new Response(null, { status: 404 }))
  if (url.pathname !== '/-/arm' && url.pathname !== '/-/calls' && calls.length === fatal) await die()
  return response
}

const listener = getRequestListener(answer, { overrideGlobalObjects: false })
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, '127.0.0.1', () => {
  const at = server.address()
  process.send?.({ port: typeof at === 'object' ? at?.port : 0 })
})
process.once('disconnect', () => process.exit())
