import type { Readable, Writable } from 'node:stream'

import { BridgeError } from './bridge-error.ts'
import type { CredentialStore } from './credentials/store.ts'
import type { Observe } from './events.ts'
import type { BridgeInfo } from './greeting.ts'
import type { Limits } from './limits.ts'
import { defaultLimits } from './limits.ts'
import { createLineSplitter } from './lines.ts'
import { errorOf, readMessages, resultOf } from './message.ts'
import type { Http } from './network/http.ts'
import { createHttp } from './network/http.ts'
import { createOutput } from './output.ts'
import { idNear } from './oversize.ts'
import { pause } from './pause.ts'
import type { PendingRequest } from './pending.ts'
import { createPendingTable } from './pending.ts'
import { problemAnswer } from './problem.ts'
import type { TransportChoice } from './remote/route.ts'
import { metaKeys } from './revisions.ts'
import type { ConnectionCache } from './server-description.ts'
import { createSession } from './session.ts'
import { accessFor } from './sign-in/access-for.ts'
import type { CallbackOptions, OpenBrowser } from './sign-in/browser-sign-in.ts'
import type { SignInChoices } from './sign-in/choices.ts'
import type { ResultBudget } from './tools/result-budget.ts'
import type { ToolPolicy } from './tools/tool-filter.ts'

/** What a bridge is made of. */
export interface BridgeOptions extends CallbackOptions, SignInChoices {
  /** The server's address: https, or http to this machine. */
  readonly remote: URL
  /** What the host writes, one message a line. */
  readonly input: Readable
  /** What the host reads. Nothing but messages is written to it. */
  readonly output: Writable
  readonly credentials: CredentialStore
  readonly openBrowser: OpenBrowser
  /** Names the bridge where the server's own name is not known yet, and at the authorization server. */
  readonly info: BridgeInfo
  /** Remembers the server between two runs, so that a host has its tools before there is a connection. */
  readonly cache?: ConnectionCache
  /** The name of the sign-in in the store, so that several accounts of one server keep apart. Default: `entryOf(remote)`. */
  readonly entry?: string
  /** Headers of every request, with lower-case names. With `authorization` nobody is asked to sign in. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default: Streamable HTTP, and HTTP+SSE where the server knows only that. */
  readonly transport?: TransportChoice
  /** `legacy`: the server is not asked for its era, and taken for one of the revisions up to 2025. Default: `auto`. */
  readonly protocol?: 'auto' | 'legacy'
  /** Which tools the host gets to see and to call. Default: all. */
  readonly tools?: ToolPolicy
  /** Gives the host lists whole that the server gives in pages. Default: true. */
  readonly mergeLists?: boolean
  /** Cuts results of tools that are larger. Default: they pass as they are. */
  readonly resultBudget?: ResultBudget
  /** Plain http also to other machines. Default: false. */
  readonly allowHttp?: boolean
  readonly limits?: Partial<Limits>
  /** Default: Node's own HTTP, with connections kept open. */
  readonly http?: Http
  readonly observe?: Observe
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** Connects a program on stdio with a remote server. */
export interface Bridge {
  /**
   * Runs until the input ends, the output is closed, or the signal is aborted. Then gives requests in flight a moment,
   * answers those that are left, ends the session, and resolves.
   */
  readonly run: (options?: { readonly signal?: AbortSignal }) => Promise<void>
}

/** Makes a bridge. It answers a host at once, connects behind its back, and gives every request exactly one answer. */
export function createBridge(options: BridgeOptions): Bridge {
  const { input, observe = () => undefined, now = Date.now, allowHttp = false } = options
  const limits = { ...defaultLimits, ...options.limits }

  async function run({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const own = createHttp()
    const { http = own } = options
    const output = createOutput(options.output)
    const pending = createPendingTable(output.send)
    const headers = { 'user-agent': `${options.info.name}/${options.info.version}`, ...options.headers }
    const hear: Observe = (event) => {
      observe(event)
      if (event.type === 'signed_in') session.signedIn()
      if (event.type === 'sign_in') session.askToSignIn(event)
    }
    const access = accessFor({
      ...options,
      headers,
      clientName: 'Telamon Proxy',
      version: options.info.version,
      store: options.credentials,
      http,
      limits,
      observe: hear,
      now,
      allowHttp,
    })
    const session = createSession({
      ...options,
      access,
      headers,
      http,
      output,
      pending,
      limits,
      observe,
      now,
    })
    const lines = createLineSplitter({
      limit: limits.lineBytes,
      onLine(line) {
        if (line.length === 0) return
        for (const message of readMessages(line)) session.receive(message)
      },
      onOversize(head, tail) {
        const message = `The message is longer than ${limits.lineBytes} bytes. Send less.`
        observe({ type: 'line_refused', reason: message })
        output.send(errorOf(idNear(head, tail), { code: -32_600, message }))
      },
    })

    const end = await ended({ input, feed: lines.feed, closed: output.closed, signal })
    if (end === 'input') {
      lines.end()
      await Promise.race([pending.drained(), pause(limits.drainMs, output.closed)])
    }
    pending.close(farewell)
    await Promise.all([session.close(), access.close()])
    await output.flush()
    own.close()
  }

  return { run: (given) => run(given) }
}

/** What a request is told that is still open when the bridge ends. */
function farewell({ request, wasSent }: PendingRequest): Buffer {
  if (request.method === 'subscriptions/listen') {
    const meta = `{${JSON.stringify(metaKeys.subscriptionId)}:${request.id}}`
    return resultOf(request.id, `{"resultType":"complete","_meta":${meta}}`)
  }
  const message = wasSent
    ? 'The proxy is closing. Whether the request was carried out is not known: look before repeating it.'
    : 'The proxy is closing. The request was not sent.'
  return problemAnswer(request, new BridgeError(wasSent ? 'outcome_unknown' : 'closing', message))
}

interface Ends {
  readonly input: Readable
  readonly feed: (chunk: Buffer) => void
  readonly closed: AbortSignal
  readonly signal: AbortSignal | undefined
}

/** Feeds the input until there is a reason to stop. */
function ended({ input, feed, closed, signal }: Ends): Promise<'input' | 'stopped'> {
  return new Promise((resolve) => {
    const stop = (): void => finish('stopped')
    const end = (): void => finish('input')
    const finish = (reason: 'input' | 'stopped'): void => {
      input.off('data', feed)
      input.pause()
      closed.removeEventListener('abort', stop)
      signal?.removeEventListener('abort', stop)
      resolve(reason)
    }
    if (closed.aborted || signal?.aborted) return stop()
    closed.addEventListener('abort', stop)
    signal?.addEventListener('abort', stop)
    input.once('end', end).on('error', end).once('close', end)
    input.on('data', feed)
  })
}
