import { pause } from '../pause.ts'
import type { Question } from './ask.ts'
import { ask } from './ask.ts'
import type { ExchangeOptions } from './exchange.ts'

/** Asks for a sign of life again and again, so that nothing on the way forgets the connection. */
export async function keepAlive(
  { nextId, signal }: { readonly nextId: () => string; readonly signal: AbortSignal },
  options: ExchangeOptions,
): Promise<void> {
  const { pingMs } = options.limits
  if (pingMs === 0) return
  for (;;) {
    await pause(pingMs, signal)
    if (signal.aborted) return
    const question: Question = { id: nextId(), method: 'ping', params: '{}', silenceMs: pingMs, signal }
    // A lost session has been opened anew by now; all else shows at the next request that somebody waits for.
    await ask(question, options).catch(() => undefined)
  }
}
