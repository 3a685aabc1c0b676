/**
 * Makes text that others wrote fit to be shown in one line: control, bidirectional, invisible and private-use
 * characters go, runs of combining marks are cut to two, white space becomes single spaces, and what is longer than
 * `limit` characters ends in an ellipsis. The result still has to be escaped for HTML.
 */
export function displayText(text: string, limit: number): string {
  const clean = text
    .slice(0, limit * 8)
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/(?<kept>\p{M}{2})\p{M}+/gu, '$<kept>')
    .trim()
  const characters = Array.from(clean)
  return characters.length <= limit
    ? clean
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}
