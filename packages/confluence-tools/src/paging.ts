import type { List, ListPage } from '@telamon/confluence'
import { isAtlassianError } from '@telamon/rest'
import { ToolError } from '@telamon/tool-registry'

/** Which page of a list a caller wants. */
export interface WantedPage {
  readonly size: number
  readonly cursor: string | undefined
}

/**
 * One page of a list.
 *
 * @throws ToolError for a cursor that no answer gave.
 */
export async function pageOf<Item>(list: List<Item>, { size, cursor }: WantedPage): Promise<ListPage<Item>> {
  try {
    return await list.page({ size, ...(cursor !== undefined && { cursor }) })
  } catch (error) {
    // Status 0: it was refused before anything was sent, and of the input only the cursor can be why.
    if (cursor === undefined || !isAtlassianError(error, 'invalid_request') || error.status !== 0) throw error
    throw new ToolError({
      code: 'invalid_input',
      message: 'The cursor is not one that an answer of this tool gave.',
      next: 'Copy it whole from the answer before, or call again without it.',
      cause: error,
    })
  }
}

/** How much of a list was shown, and how to go on: the same call with one argument more. */
export function restOf({ items, cursor, total }: ListPage<unknown>, isFirst: boolean): string {
  const count = items.length
  if (cursor !== undefined) {
    const shown = total === undefined ? `${count} shown` : `${count} of ${total} shown`
    return `${shown}. More: the same call with cursor ${JSON.stringify(cursor)}.`
  }
  return isFirst ? `${count} in all.` : `${count} shown, and no more.`
}
