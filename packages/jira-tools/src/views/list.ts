import { fence } from '@telamon/tool-registry'

import { nextPage } from '../next-page.ts'

/** A page of things, a line each. */
export interface ListedPage {
  readonly lines: readonly string[]
  /** In a few words: `Jira boards`. */
  readonly source: string
  /** What to say when there is nothing. */
  readonly none: string
  /** How many there are on all pages, where Jira says. */
  readonly total?: number | undefined
  /** Where the next page begins. */
  readonly cursor?: string | undefined
}

/** A page as text: its lines in a fence, how many there are, and how to get more. */
export function listText({ lines, source, none, total, cursor }: ListedPage): string {
  if (lines.length === 0) return none
  const count = lines.length
  const all = cursor === undefined ? `${count} in all.` : `${count} shown.`
  const known = total === undefined || total <= count ? all : `${count} of ${total} shown.`
  const more = cursor === undefined ? '' : ` ${nextPage('cursor', cursor)}`
  return `${fence(lines.join('\n'), { source })}\n${known}${more}`
}
