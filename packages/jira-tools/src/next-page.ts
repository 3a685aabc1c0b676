/** How a caller gets the next page: the same call with one argument more. Shorter than the whole call again. */
export function nextPage(argument: string, position: string | number): string {
  return `More: the same call with ${argument} ${JSON.stringify(position)}.`
}
