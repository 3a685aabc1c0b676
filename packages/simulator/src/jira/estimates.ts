import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import type { Issue } from '../world/jira-model.ts'
import { readDuration } from '../world/time.ts'

/** A length of time that has to be there. */
function durationIn({ query }: Call, name: string): number {
  const seconds = readDuration(query.text(name) ?? '')
  return seconds ?? refuse(jiraError(400, [], { [name]: `You must supply a valid value for ${name}.` }))
}

/**
 * What logged time does to the time that remains, by `adjustEstimate`: `auto` moves it by as much, `leave` does not,
 * `new` sets it, `manual` moves it by another parameter (documented).
 */
export function adjustEstimate(
  call: Call,
  issue: Issue,
  {
    spent,
    lowersBy,
    raisesBy,
  }: { readonly spent: number; readonly lowersBy?: string; readonly raisesBy?: string },
): void {
  const how = call.query.text('adjustEstimate') ?? 'auto'
  const remaining = issue.remainingEstimate
  if (how === 'new') issue.remainingEstimate = durationIn(call, 'newEstimate')
  else if (how === 'manual' && lowersBy !== undefined) {
    issue.remainingEstimate = Math.max(0, (remaining ?? 0) - durationIn(call, lowersBy))
  } else if (how === 'manual' && raisesBy !== undefined) {
    issue.remainingEstimate = (remaining ?? 0) + durationIn(call, raisesBy)
  } else if (how === 'auto' && (remaining !== null || spent > 0)) {
    // Time logged without an estimate leaves nothing (recorded).
    issue.remainingEstimate = Math.max(0, (remaining ?? 0) - spent)
  }
}
