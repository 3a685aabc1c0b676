import type { Transport } from '@modelcontextprotocol/server'

import type { Observe } from './events.ts'
import { createFastPath } from './fast-path.ts'
import { createHttp } from './http.ts'
import type { ConfirmOptions } from './policies/confirm.ts'
import { afterReally } from './policies/deadline.ts'
import type { After } from './policies/deadline.ts'
import { createPrepared } from './prepared.ts'
import type { Registry } from './registry.ts'
import type { ResultForm } from './result.ts'
import { createRunner } from './run.ts'
import type { Selection } from './selection.ts'
import type { SdkSide } from './serve.ts'
import { oneLine } from './untrusted.ts'
import type { Visit } from './visit.ts'

/** What an MCP server is made of. */
export interface McpOptions<Services> {
  readonly name: string
  readonly version: string
  readonly title?: string
  /** For the model, once in a conversation: what the server is for. */
  readonly instructions?: string
  readonly registry: Registry<Services>
  /** What this server offers at all. Default tiers: `read` and `write`. */
  readonly limits?: Selection
  /** Most bytes of text in one reply. Default: 40,000, some 10,000 tokens. */
  readonly replyBytes?: number
  /** Most bytes of one request body. Default: 4 MiB. */
  readonly bodyBytes?: number
  /** How answers are given to connections that do not say. Default: `both`; a model that reads `text` need not pay for the same as data. */
  readonly results?: ResultForm
  /** Most tools on one page of `tools/list`. Default: 60. */
  readonly pageSize?: number
  /** When a run is stopped. Default: 60,000. */
  readonly deadlineMs?: number
  /**
   * How a call over a limit is refused. Default: `result`, HTTP 200 with an error result, which is what reaches a model.
   * `http`: status 429, for deployments that count statuses.
   */
  readonly refusals?: 'result' | 'http'
  /** Which calls a person has to agree to, one by one. Default: none. */
  readonly confirm?: ConfirmOptions
  readonly observe?: Observe
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly after?: After
  /** Whether well-formed `tools/list`, `tools/call` and `ping` are answered without the SDK. Default: yes. */
  readonly fastPath?: boolean
}

/** An MCP server for both eras: stateless over HTTP, or over one long connection. */
export interface Mcp<Services> {
  /** Answers one HTTP request of an admitted visit. A body that was parsed already is handed over as `parsed`. */
  readonly fetch: (request: Request, visit: Visit<Services>, parsed?: unknown) => Promise<Response>
  /** Serves one long connection, such as stdio, until it is disposed of. Throws for a selection that names nothing. */
  readonly connect: (transport: Transport, visit: Visit<Services>) => Promise<AsyncDisposable>
  /** Loads the SDK ahead of the first request that needs it. */
  readonly warm: () => Promise<void>
}

/** Makes an MCP server. The SDK is loaded when the first request needs it, so that a process starts at once. */
export function createMcp<Services>(options: McpOptions<Services>): Mcp<Services> {
  const { name, version, title, instructions, registry, refusals = 'result', fastPath = true } = options
  const {
    replyBytes = 40_000,
    bodyBytes = 4 * 1024 * 1024,
    deadlineMs = 60_000,
    pageSize = 60,
    results = 'both',
  } = options
  const { observe = () => {}, now = Date.now, after = afterReally } = options
  const info = { name, version, ...(title !== undefined && { title }) }
  const limits: Selection = { tiers: ['read', 'write'], ...options.limits }
  const prepared = createPrepared({ registry, limits, info, results, pageSize })
  const run = createRunner<Services>({
    deadlineMs,
    replyBytes,
    observe,
    now,
    after,
    ...(options.confirm && { confirm: options.confirm }),
  })

  let loading: Promise<SdkSide<Services>> | undefined
  async function load(): Promise<SdkSide<Services>> {
    const { createSdkSide } = await import('./serve.ts')
    return createSdkSide({
      info,
      ...(instructions !== undefined && { instructions }),
      prepared,
      run,
      observe,
      now,
      complain: ({ message }) => observe({ type: 'complaint', message: oneLine(message).slice(0, 200) }),
    })
  }
  const sdk = (): Promise<SdkSide<Services>> => (loading ??= load())

  const answer = createHttp<Services>({
    info,
    prepared,
    bodyBytes,
    refusals,
    observe,
    now,
    ...(fastPath && { fast: createFastPath({ run, info, asksFor: options.confirm?.tiers ?? [] }) }),
    sdk: async (exchange) => (await sdk()).fetch(exchange),
  })

  return {
    fetch: (request, visit, parsed) => answer({ request, visit, parsed }),
    async connect(transport, visit) {
      const view = prepared.view(visit)
      if ('unknown' in view) throw new Error(view.unknown)
      return (await sdk()).connect(transport, visit, view)
    },
    async warm() {
      await sdk()
    },
  }
}
