import { createBridge } from '@telamon/bridge'

import type { Settings } from './arguments.ts'
import { protocolOutput } from './output.ts'
import { cacheFor, partsFrom } from './parts.ts'

/** Signals that end the program as the end of its input does. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs between the host on stdio and the server, until one of them is done with us. */
export async function runProxy(settings: Settings & { readonly remote: URL }): Promise<void> {
  const stop = new AbortController()
  for (const signal of signals) process.once(signal, () => stop.abort())
  const cache = cacheFor(settings, settings.remote)
  const bridge = createBridge({
    ...settings,
    ...partsFrom(settings),
    ...(cache && { cache }),
    input: process.stdin,
    output: protocolOutput(),
  })
  await bridge.run({ signal: stop.signal })
}
