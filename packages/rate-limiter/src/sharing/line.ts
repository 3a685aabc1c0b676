import type { Sleep } from '../alarm.ts'
import { timerSleep } from '../alarm.ts'
import type { Milliseconds } from '../rule.ts'

/** The line to a store, which may be cut. */
export interface Line {
  /** Asks, unless the store is away. `away`: it was, it failed, or it took too long. */
  readonly ask: <Answer>(question: () => Promise<Answer>) => Promise<Answer | 'away'>
  readonly isAway: () => boolean
  /** Whether it is time to try again. */
  readonly isDue: () => boolean
}

/** What a line is made of. */
export interface LineOptions {
  readonly elapsed: () => Milliseconds
  readonly sleep: Sleep
  /** How long the store may take. */
  readonly patience: Milliseconds
  /** Called when the store is found to be away, or back. */
  readonly onChange: (away: boolean) => void
}

/** How long to leave a store alone that is away, before one question finds out whether it is back. */
export const respite: Milliseconds = 400

/** Watches over a store. */
export function createLine({ elapsed, sleep, patience, onChange }: LineOptions): Line {
  let away = false
  let askAgainAt = -Infinity

  function set(now: boolean): void {
    if (now) askAgainAt = elapsed() + respite
    if (now === away) return
    away = now
    onChange(now)
  }

  async function impatient<Answer>(answer: Promise<Answer>): Promise<Answer | 'away'> {
    if (sleep === timerSleep) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'away'>((resolve) => {
        timer = setTimeout(resolve, patience, 'away')
      })
      return Promise.race([answer, late]).finally(() => clearTimeout(timer))
    }
    const giveUp = new AbortController()
    const late = sleep(patience, { signal: giveUp.signal }).then((): 'away' => 'away')
    return Promise.race([answer, late]).finally(() => giveUp.abort())
  }

  return {
    isAway: () => away,
    isDue: () => elapsed() >= askAgainAt,
    async ask(question) {
      if (away) {
        if (elapsed() < askAgainAt) return 'away'
        // This one finds out; others are not kept waiting for it.
        askAgainAt = elapsed() + respite
      }
      try {
        const answer = await impatient(question())
        set(answer === 'away')
        return answer
      } catch {
        // Whatever it was, the counters cannot be reached: that is what `fail` is for.
        set(true)
        return 'away'
      }
    },
  }
}
