/** A clock that stands still until a test turns it. */
export interface HandClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Moves time on and wakes whoever is due, in order. */
  readonly turn: (milliseconds: number) => void
  /** Resolves as soon as so many sleepers wait for at most that long, or at once when they do. */
  readonly sleepers: (count: number, longestMs?: number) => Promise<void>
}

interface Sleeper {
  readonly due: number
  readonly milliseconds: number
  readonly wake: () => void
}

interface Watcher {
  readonly count: number
  readonly longestMs: number
  readonly resolve: () => void
}

/** Makes a clock. It begins at noon of the first day of 2026 (UTC) unless told otherwise. */
export function createHandClock(start: number = Date.UTC(2026, 0, 1, 12)): HandClock {
  let time = start
  const asleep = new Set<Sleeper>()
  const watchers = new Set<Watcher>()

  const tell = (watcher: Watcher): void => {
    const waiting = [...asleep].filter(({ milliseconds }) => milliseconds <= watcher.longestMs)
    if (waiting.length < watcher.count) {
      watchers.add(watcher)
      return
    }
    watchers.delete(watcher)
    watcher.resolve()
  }

  return {
    now: () => time,

    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason)
          return
        }
        const stop = (): void => {
          asleep.delete(sleeper)
          reject(signal?.reason)
        }
        const wake = (): void => {
          asleep.delete(sleeper)
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        const sleeper: Sleeper = { due: time + milliseconds, milliseconds, wake }
        signal?.addEventListener('abort', stop, { once: true })
        asleep.add(sleeper)
        for (const watcher of watchers) tell(watcher)
      }),

    turn(milliseconds) {
      time += milliseconds
      const due = [...asleep].filter((sleeper) => sleeper.due <= time)
      for (const { wake } of due.toSorted((one, other) => one.due - other.due)) wake()
    },

    sleepers: (count, longestMs = Infinity) => new Promise((resolve) => tell({ count, longestMs, resolve })),
  }
}
