import { PassThrough } from 'node:stream'

import { onTestFinished } from 'vitest'

import type { BridgeEvent, BridgeOptions } from '../src/index.ts'
import { createBridge, createMemoryCredentials } from '../src/index.ts'

/** A message as a host sees it. */
export interface Heard {
  readonly id?: string | number | null
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Record<string, unknown>
  }
}

/** A program that speaks with a bridge. */
export interface TestHost {
  /** Sends a request under an id of its own, and resolves with the answer. */
  readonly request: (method: string, params?: object) => Promise<Heard>
  readonly initialize: (params?: object) => Promise<Heard>
  readonly call: (tool: string, args?: object, more?: object) => Promise<Heard>
  readonly send: (message: object) => void
  readonly write: (text: string | Buffer) => void
  /** The first message that has come or will come for which this holds. */
  readonly hear: (is: (message: Heard) => boolean) => Promise<Heard>
  readonly heard: readonly Heard[]
  /** Everything that was written, as it was. */
  readonly lines: readonly string[]
  readonly events: readonly BridgeEvent[]
  readonly event: <Type extends BridgeEvent['type']>(
    type: Type,
  ) => Promise<Extract<BridgeEvent, { type: Type }>>
  readonly end: () => void
  readonly stop: () => void
  /** Closes the host's reading end. */
  readonly hangUp: () => void
  readonly done: Promise<void>
}

/** Limits that make a test wait for nothing but what it is about. */
const quick = {
  patienceMs: 60_000,
  backoffMs: 2,
  backoffMaxMs: 20,
  pollMs: 5,
  drainMs: 5_000,
  goodbyeMs: 5_000,
} as const

/** Starts a bridge with a host at its other end. It is stopped when the test ends. */
export function startHost(
  remote: string,
  { limits, ...options }: Partial<Omit<BridgeOptions, 'remote' | 'input' | 'output'>> = {},
): TestHost {
  const [input, output, stopping] = [new PassThrough(), new PassThrough(), new AbortController()]
  const heard: Heard[] = []
  const lines: string[] = []
  const events: BridgeEvent[] = []
  const waiting = new Set<() => void>()
  const look = (): void => {
    for (const check of waiting) check()
  }
  let rest = ''
  output.setEncoding('utf8')
  output.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      lines.push(line)
      heard.push(JSON.parse(line))
    }
    look()
  })

  /** Resolves when something is there that was not before. */
  function until<Value>(find: () => Value | undefined): Promise<Value> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = find()
        if (found === undefined) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
    })
  }

  const bridge = createBridge({
    credentials: createMemoryCredentials(),
    openBrowser: async () => false,
    info: { name: 'telamon-proxy', version: '1.2.3' },
    ...options,
    remote: new URL(remote),
    input,
    output,
    limits: { ...quick, ...limits },
    observe: (event) => {
      events.push(event)
      options.observe?.(event)
      look()
    },
  })
  const done = bridge.run({ signal: stopping.signal })
  onTestFinished(async () => {
    stopping.abort()
    await done
  })

  let count = 0
  const write = (text: string | Buffer): void => void input.write(text)
  const send = (message: object): void => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const request = (method: string, params?: object): Promise<Heard> => {
    const id = ++count
    send({ id, method, ...(params && { params }) })
    return until(() => heard.find((message) => message.id === id && message.method === undefined))
  }

  return {
    request,
    async initialize(params = {}) {
      const clientInfo = { name: 'test-host', version: '7' }
      const answer = await request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo,
        ...params,
      })
      send({ method: 'notifications/initialized' })
      return answer
    },
    call: (name, args = {}, more = {}) => request('tools/call', { name, arguments: args, ...more }),
    send,
    write,
    hear: (is) => until(() => heard.find(is)),
    heard,
    lines,
    events,
    event: (type) =>
      until(() =>
        events.find((event): event is Extract<BridgeEvent, { type: typeof type }> => event.type === type),
      ),
    end: () => void input.end(),
    stop: () => stopping.abort(),
    hangUp: () => void output.destroy(),
    done,
  }
}
