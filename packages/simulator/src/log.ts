import type { Fault } from './faults/fault.ts'

/** What happened with one request. */
export interface LogEntry {
  /** Counts from 1. */
  readonly number: number
  /** Milliseconds since 1970, on the simulator's clock. */
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** The id of the operation, or `token`, `me`, `accessible-resources`. */
  readonly operation?: string
  /** The name of the site. */
  readonly site?: string
  /** The handle of the person. */
  readonly person?: string
  /** Undefined when there was no answer. */
  readonly status?: number
  /** Whether the world was changed. */
  readonly wrote: boolean
  readonly fault?: Fault['kind']
  /** What a tester should know, such as parameters that were passed over. */
  readonly notes: readonly string[]
}

/** The newest requests, oldest first. */
export interface RequestLog {
  entries(): readonly LogEntry[]
  clear(): void
}

/** Keeps so many entries and forgets the oldest. */
export function createLog(most = 2000): RequestLog & { add(entry: Omit<LogEntry, 'number'>): void } {
  let entries: LogEntry[] = []
  let count = 0
  return {
    entries: () => entries,
    clear() {
      entries = []
    },
    add(entry) {
      count += 1
      entries.push({ number: count, ...entry })
      if (entries.length > most) entries = entries.slice(-most)
    },
  }
}
