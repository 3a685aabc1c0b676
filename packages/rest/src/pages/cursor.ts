import { membersOf, positionIn } from './pager.ts'
import type { Pager } from './pager.ts'

/** `cursor` goes from each answer's `nextPageCursor` into the next request. Ends with `last`. */
export const cursor: Pager = {
  parameter: 'cursor',
  next: ({ answer }) => {
    const { last, nextPageCursor } = membersOf(answer)
    return last === true ? undefined : positionIn(nextPageCursor)
  },
}
