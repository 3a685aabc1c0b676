import type { Milliseconds } from './rule.ts'

/** Waits that long. Rejects, or returns early, when the signal is aborted. */
export type Sleep = (milliseconds: Milliseconds, options: { readonly signal?: AbortSignal }) => Promise<void>

/** One alarm, set anew as needed. */
export interface Alarm {
  /** Calls back after that long, unless it is set or cancelled before. */
  readonly set: (milliseconds: Milliseconds, ring: () => void) => void
  readonly cancel: () => void
}

/** Timers take no more than this; whoever rings early is asked again. */
const longest: Milliseconds = 3_600_000

/** Rounded up: a turn that comes a fraction too early would find its gate shut. */
const rounded = (wait: Milliseconds): Milliseconds => Math.min(longest, Math.max(0, Math.ceil(wait)))

/** Makes an alarm out of a way to sleep, or of the process's own timer. Nothing sleeps while it is not set. */
export function createAlarm(sleep: Sleep = timerSleep): Alarm {
  if (sleep === timerSleep) {
    let timer: NodeJS.Timeout | undefined
    return {
      cancel: () => clearTimeout(timer),
      set(milliseconds, ring) {
        clearTimeout(timer)
        timer = setTimeout(ring, rounded(milliseconds))
      },
    }
  }
  let current: AbortController | undefined
  const cancel = (): void => {
    current?.abort()
    current = undefined
  }
  return {
    cancel,
    set(milliseconds, ring) {
      cancel()
      const mine = new AbortController()
      current = mine
      const wake = (): void => {
        if (current !== mine) return
        current = undefined
        ring()
      }
      sleep(rounded(milliseconds), { signal: mine.signal }).then(wake, () => {})
    },
  }
}

/** Sleeps on the process's own timer. */
export function timerSleep(
  milliseconds: Milliseconds,
  { signal }: { readonly signal?: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
}
