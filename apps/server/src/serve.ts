import type { Logger } from 'pino'

import { createApp } from './app.ts'
import { listen } from './listen.ts'
import type { Settings } from './settings.ts'

const SWEEP_EVERY_MS = 60_000
/** How long calls in flight may take to end after a signal to stop. */
const DRAIN_MS = 10_000

/** A server that listens. */
export interface Running {
  readonly stop: () => Promise<void>
}

/**
 * Checks, listens, and sweeps every minute until it is stopped.
 *
 * @throws Fault when something is in the way.
 */
export async function serve(settings: Settings, log: Logger): Promise<Running> {
  const app = await createApp(settings, log)
  await app.check()
  const listener = await listen(app.fetch, { host: settings.TELAMON_HOST, port: settings.TELAMON_PORT })
  await app.warm()
  const stopping = new AbortController()
  const sweep = (): void => {
    app.sweep(stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) log.error({ err: error }, 'A sweep failed; the next one tries again.')
    })
  }
  sweep()
  const timer = setInterval(sweep, SWEEP_EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await app.drain({ signal: AbortSignal.timeout(DRAIN_MS) })
      await listener.close()
      await app.close()
    },
  }
}
