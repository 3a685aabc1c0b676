import { escapeHtml } from '../pages/html.ts'

/** A text with the words that were asked for in bold, as HTML. `words` are in lower case. */
export function highlighted(text: string, words: string): string {
  const place = words === '' ? -1 : text.toLowerCase().indexOf(words)
  if (place < 0) return escapeHtml(text)
  const [before, hit, after] = [
    text.slice(0, place),
    text.slice(place, place + words.length),
    text.slice(place + words.length),
  ]
  return `${escapeHtml(before)}<b>${escapeHtml(hit)}</b>${escapeHtml(after)}`
}
