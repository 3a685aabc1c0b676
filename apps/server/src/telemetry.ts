import { pino } from 'pino'
import type { Logger } from 'pino'

/** Something that a part of the server tells. Parts leave secrets out of their events by construction. */
export interface Told {
  readonly type: string
}

/** Types of events that an operator has to look at. */
const alarms: ReadonlySet<string> = new Set([
  'disconnected',
  'failed',
  'fault',
  'refresh_broken',
  'refresh_failed',
  'security',
  'warning',
])
/** Types that come with every request. */
const chatter: ReadonlySet<string> = new Set(['attempt', 'served', 'call', 'request', 'swept'])

/** Structured logs on standard error: standard output is for people. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** Writes the events of one part of the server, at the level that their type calls for. */
export function logEvents(log: Logger, part: string): (event: Told) => void {
  const child = log.child({ part })
  return ({ type, ...facts }) => {
    const level = alarms.has(type) ? 'error' : chatter.has(type) ? 'debug' : 'info'
    child[level](readable(facts), type)
  }
}

/** Errors print as their name, code and stack; pino does that for the member `err` alone. */
function readable(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { error, reason, ...rest } = facts
  const err = error ?? reason
  return err instanceof Error ? { ...rest, err } : facts
}
