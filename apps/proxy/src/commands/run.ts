import { createBridge } from '@telamon/bridge'

import { protocolOutput } from '../output.ts'
import { partsFrom, serverParts } from '../parts.ts'
import type { Settings } from '../settings/settings.ts'

/** Signals that end the program as the end of its input does. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs between the client on stdio and the server, until one of them is done with us. */
export async function runProxy(remote: URL, settings: Settings): Promise<void> {
  const stop = new AbortController()
  for (const signal of signals) process.once(signal, () => stop.abort())
  const bridge = createBridge({
    ...settings.signIn,
    ...partsFrom(settings),
    ...serverParts(settings, remote),
    input: process.stdin,
    output: protocolOutput(),
  })
  await bridge.run({ signal: stop.signal })
}
