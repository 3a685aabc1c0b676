import { beginning, membersOf } from './pager.ts'
import type { Pager } from './pager.ts'

/** `startAt` counts items. Ends with `isLast`, with `total`, or with an empty page, which is all that bare arrays have. */
export const offset: Pager = {
  parameter: 'startAt',
  numeric: true,
  next: (turn) => {
    const { isLast, total } = membersOf(turn.answer)
    const next = beginning(turn, 'startAt') + turn.received
    const over = isLast === true || turn.received === 0 || (typeof total === 'number' && next >= total)
    return over ? undefined : String(next)
  },
}
