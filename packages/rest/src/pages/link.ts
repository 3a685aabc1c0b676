import { membersOf } from './pager.ts'
import type { Pager } from './pager.ts'

/** A base for addresses without one. Nothing is ever sent to it. */
const nowhere = 'https://link.invalid'

/** The address with `rel="next"` in a `Link` field. @see RFC 8288, section 3 */
function nextIn(field: string | null): string | undefined {
  return /<([^<>]*)>\s*;(?:[^<>,]*;)?\s*rel="?next"?/i.exec(field ?? '')?.[1]
}

function cursorOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address, nowhere)) return undefined
  return new URL(address, nowhere).searchParams.get('cursor') ?? undefined
}

/**
 * `_links.next`, or the `Link` field, holds an address. Only its `cursor` is taken: the address lacks the site behind the
 * gateway (reported), and an address from an answer is never followed. Ends where there is none.
 */
export const link: Pager = {
  parameter: 'cursor',
  next: ({ answer, headers }) =>
    cursorOf(membersOf(membersOf(answer)['_links'])['next']) ?? cursorOf(nextIn(headers.get('link'))),
}
