/** How a caller gets the next page: the same call with one argument more. Shorter than the whole call again. */
export function nextPage(argument: string, position: string): string {
  return `More: the same call with ${argument} ${JSON.stringify(position)}.`
}

/** How much of a list was shown, and how to go on. A service that gives no total says nothing of it. */
export function restOf(
  {
    items,
    cursor,
    total,
  }: { readonly items: readonly unknown[]; readonly cursor?: string; readonly total?: number },
  isFirst: boolean,
): string {
  const count = items.length
  if (cursor !== undefined)
    return `${count}${total === undefined ? '' : ` of ${total}`} shown. ${nextPage('cursor', cursor)}`
  return isFirst ? `${count} in all.` : `${count} shown, and no more.`
}
