import { beginning, membersOf } from './pager.ts'
import type { Pager } from './pager.ts'

/** `start` counts items. Ends with `isLastPage` (service management), else where `_links` has no `next` (Confluence v1). */
export const start: Pager = {
  parameter: 'start',
  numeric: true,
  next: (turn) => {
    const { isLastPage, _links: links } = membersOf(turn.answer)
    const over = isLastPage === true || (isLastPage === undefined && membersOf(links)['next'] === undefined)
    return over || turn.received === 0 ? undefined : String(beginning(turn, 'start') + turn.received)
  },
}
