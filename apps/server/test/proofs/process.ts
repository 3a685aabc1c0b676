import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as z from 'zod'

import type { EnginePlace } from './engines.ts'
import { issuer } from './instance.ts'

/** An instance in a process of its own. */
export interface Process {
  /** Sends a request for the issuer. Rejects when the process dies before it answers. */
  readonly send: (request: Request) => Promise<Response>
  /** Forgets its calls, and lets the process die at one: so many may begin before it. */
  readonly arm: (options?: { readonly at?: number; readonly aheadMs?: number }) => Promise<void>
  /** Names of the calls since then. */
  readonly calls: () => Promise<readonly string[]>
  /** A token of the upstream for a grant. */
  readonly token: (grantId: string) => Promise<string>
  readonly isDead: () => boolean
  readonly kill: () => Promise<void>
}

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
const Ready = z.object({ port: z.number() })

/** Starts one. */
export async function startProcess({ engine, address }: EnginePlace, upstream: string): Promise<Process> {
  const child = fork(worker, [engine, address, upstream], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'telamon-proofs-compiled') },
  })
  const [ready]: unknown[] = await once(child, 'message')
  const origin = `http://127.0.0.1:${Ready.parse(ready).port}`
  let dead = false
  const gone = once(child, 'exit').then(() => (dead = true))
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`${origin}${path}`)
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`)
    return response
  }
  return {
    async send(request) {
      const { pathname, search } = new URL(request.url)
      const body = request.method === 'GET' ? {} : { body: await request.text() }
      const { method, headers } = request
      return fetch(`${origin}${pathname}${search}`, { method, headers, redirect: 'manual', ...body })
    },
    async arm({ at = Infinity, aheadMs = 0 } = {}) {
      await get(`/-/arm?at=${at}&ahead=${aheadMs}`)
    },
    calls: async () => z.array(z.string()).parse(await (await get('/-/calls')).json()),
    token: async (grantId) => (await get(`/-/token?grant=${grantId}`)).text(),
    isDead: () => dead,
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Whether an address is one of the issuer's. */
export const isOwn = (url: string): boolean => url.startsWith(`${issuer}/`)
