import { membersOf, positionIn } from './pager.ts'
import type { Pager } from './pager.ts'

/** `nextPageToken` goes from each answer into the next request. Ends with `isLast`, or where none is given. */
export const token: Pager = {
  parameter: 'nextPageToken',
  inBody: true,
  next: ({ answer }) => {
    const { isLast, nextPageToken } = membersOf(answer)
    return isLast === true ? undefined : positionIn(nextPageToken)
  },
}
