import type { VaultError } from './errors.ts'
import { fraction, type Io } from './io.ts'

/** Remembers which grants' refreshes failed a moment ago, so that callers are answered without asking again. */
export interface Backoff {
  /** The error of the last failure, while it is too early for another try. */
  readonly standing: (grantId: string) => VaultError | undefined
  /** Notes a failure. It stands for 1 s, doubled each time, up to 60 s; or as long as the upstream asks. */
  readonly failed: (grantId: string, error: VaultError) => void
  readonly cleared: (grantId: string) => void
}

/** A minute leaves nine more tries inside the ten minutes in which Atlassian takes a used refresh token again. */
const longestMs = 60_000

/** Local to this process, and bounded; the oldest failure is forgotten first. */
export function createBackoff(io: Pick<Io, 'now' | 'random'>, size = 10_000): Backoff {
  const failures = new Map<string, { count: number; until: number; error: VaultError }>()
  return {
    standing(grantId) {
      const failure = failures.get(grantId)
      return failure !== undefined && failure.until > io.now() ? failure.error : undefined
    },
    failed(grantId, error) {
      const count = (failures.get(grantId)?.count ?? 0) + 1
      const own = 1000 * 2 ** Math.min(count - 1, 10) * (1 + fraction(io) / 4)
      const wait = Math.min(Math.max(own, error.retryAfterMs ?? 0), longestMs)
      failures.delete(grantId)
      failures.set(grantId, { count, until: io.now() + wait, error })
      const [oldest] = failures.keys()
      if (failures.size > size && oldest !== undefined) failures.delete(oldest)
    },
    cleared: (grantId) => void failures.delete(grantId),
  }
}
