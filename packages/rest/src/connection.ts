import type { AuthStrategy } from './auth/strategy.ts'
import type { Hooks, RestEvent } from './hooks.ts'
import type { RestOptions, Timeouts } from './options.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

/** Options with their defaults: what all calls of one client share. */
export interface Connection {
  readonly auth: AuthStrategy
  readonly hooks: readonly Hooks[]
  readonly transport: Transport
  readonly userAgent: string
  readonly language?: string
  readonly timeouts: Required<Timeouts>
  readonly observe: (event: RestEvent) => void
  readonly now: () => number
  readonly sleep: NonNullable<RestOptions['sleep']>
  readonly random: () => number
}

const defaults: Required<Timeouts> = {
  attemptMs: 30_000,
  totalMs: 120_000,
  idleMs: 30_000,
  longestWaitMs: 30_000,
}

function wait(milliseconds: number, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject: (reason: unknown) => void) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** Puts the defaults in. */
export function connect(options: RestOptions): Connection {
  const { auth, hooks = [], userAgent = 'telamon-rest', language, observe } = options
  const { fetch = globalThis.fetch, now = Date.now, sleep = wait, random = Math.random } = options
  return {
    auth,
    hooks: 'length' in hooks ? hooks : [hooks],
    transport: createTransport(fetch),
    userAgent,
    ...(language !== undefined && { language }),
    timeouts: { ...defaults, ...options.timeouts },
    observe: (event) => {
      try {
        observe?.(event)
      } catch {
        // A watcher's fault must not turn a write that was carried out into a failure.
      }
    },
    now,
    sleep,
    random,
  }
}
