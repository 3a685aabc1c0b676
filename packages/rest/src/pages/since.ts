import { membersOf, positionIn } from './pager.ts'
import type { Pager } from './pager.ts'

/** `since` is a time stamp, and each answer's `until` the next one. Ends with `lastPage`. */
export const since: Pager = {
  parameter: 'since',
  numeric: true,
  next: ({ answer }) => {
    const { lastPage, until } = membersOf(answer)
    return lastPage === true ? undefined : positionIn(until)
  },
}
