import { createHash } from 'node:crypto'

import { createClient } from 'redis'

import { explain, RedisStoreError } from './errors.ts'
import type { RedisStoreEvent } from './events.ts'

/** What a connection is made with. */
export interface ConnectionOptions {
  readonly url: string
  /** How long a call may wait for its answer. */
  readonly timeoutMs: number
  readonly observe: (event: RedisStoreEvent) => void
}

/** What a script is given. */
interface ScriptCall {
  readonly keys: readonly string[]
  readonly arguments: readonly string[]
}

/** A connection that comes back by itself. Nothing is ever sent twice, since a script may have run unheard. */
export interface Connection {
  readonly send: (words: readonly string[]) => Promise<unknown>
  /** A script that Redis is sent by its hash, and whole when it does not know the hash. */
  readonly prepare: (lua: string) => (call: ScriptCall) => Promise<unknown>
  /** Ends it after the answers that are on their way. Calls that come later fail. */
  readonly close: () => Promise<void>
}

type Client = ReturnType<typeof dial>

/** Connects. The first time it is tried once; a connection that is lost later is tried again until it is closed. */
export async function connect(options: ConnectionOptions): Promise<Connection> {
  const { timeoutMs, observe } = options
  const place = placeOf(options.url)
  const state = { wasReady: false, isDown: false }
  let closing: Promise<void> | undefined
  let client = open()

  function open(): Client {
    const made = dial(options, () => state.wasReady && !closing)
    made.on('error', noteLoss)
    made.on('ready', () => {
      if (state.isDown) observe({ type: 'connected' })
      state.isDown = false
      state.wasReady = true
    })
    return made
  }

  /** The driver tells of each try to come back; one is enough. */
  function noteLoss(error: unknown): void {
    if (closing || !state.wasReady || state.isDown) return
    state.isDown = true
    observe({ type: 'disconnected', message: String(messageOf(explain(error, place))) })
  }

  /**
   * Makes a new connection in place of one that will not get better: a server that is silent may have lost it without
   * a word, and one that has become a replica has a successor behind the same name.
   */
  function replace(used: Client, reason: RedisStoreError): void {
    if (used !== client || closing) return
    noteLoss(reason)
    client = open()
    used.destroy()
    client.connect().catch(noteLoss)
  }

  async function send(words: readonly string[]): Promise<unknown> {
    const used = client
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const message = `Redis at ${place} did not answer within ${timeoutMs} ms. The call may have been carried out.`
        const reason = new RedisStoreError('timeout', message)
        reject(reason)
        replace(used, reason)
      }, timeoutMs)
    })
    try {
      return await Promise.race([used.sendCommand(words), late])
    } catch (error) {
      if (closing) throw new RedisStoreError('closed', 'The store is closed.', { cause: error })
      const reason = explain(error, place)
      if (reason instanceof RedisStoreError && reason.code === 'read_only') replace(used, reason)
      throw reason
    } finally {
      clearTimeout(timer)
    }
  }

  async function end(): Promise<void> {
    const patience = setTimeout(() => client.destroy(), timeoutMs)
    if (client.isReady) await client.close()
    clearTimeout(patience)
    client.destroy()
  }

  try {
    await client.connect()
  } catch (error) {
    client.destroy()
    throw explain(error, place)
  }

  return {
    send,

    prepare(lua) {
      const hash = createHash('sha1').update(lua).digest('hex')
      return async ({ keys, arguments: values }) => {
        const rest = [String(keys.length), ...keys, ...values]
        try {
          return await send(['EVALSHA', hash, ...rest])
        } catch (error) {
          if (!String(messageOf(error)).startsWith('NOSCRIPT')) throw error
          return send(['EVAL', lua, ...rest])
        }
      }
    },

    close: () => (closing ??= end()),
  }
}

/** A client that refuses calls while it is away, rather than keeping them for later. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the driver's own type has five parameters
function dial({ url, timeoutMs }: ConnectionOptions, mayRetry: () => boolean) {
  return createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    // The driver's own limit covers only what has not been sent yet.
    commandOptions: { timeout: 0 },
    // So that a connection that is lost without a word is noticed while nobody calls, too.
    pingInterval: timeoutMs,
    socket: {
      connectTimeout: timeoutMs,
      socketTimeout: 2 * timeoutMs,
      reconnectStrategy: (retries) => mayRetry() && Math.min(500, 50 * 2 ** Math.min(retries, 4)),
    },
  })
}

/** Host and port, without name and password. */
function placeOf(url: string): string {
  const { protocol, host, pathname } = URL.canParse(url) ? new URL(url) : new URL('none:')
  if (/^rediss?:$/.test(protocol) && host !== '' && /^\/?\d*$/.test(pathname)) return host
  // What was given may hold a password, so it is not repeated.
  throw new RedisStoreError(
    'bad_address',
    'The address of Redis must be redis://HOST:PORT/DATABASE or rediss://…',
  )
}

const messageOf = (error: unknown): unknown => (error instanceof Error ? error.message : error)
