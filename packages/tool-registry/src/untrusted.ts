/** Where fenced text comes from. */
export interface FenceOptions {
  /** In a few words of ours: `description of ED-1`. Shortened to 120 characters. */
  readonly source: string
}

/** The name of the marker around text that other people wrote. */
const marker = 'untrusted'

/**
 * Marks text that other people wrote, so that a model reads it as content and not as instructions. The text cannot
 * close the marker from inside: whatever looks like one loses its bracket. Control characters, invisible characters
 * and characters that change the direction of text are taken out. The same text always gives the same result.
 */
export function fence(text: string, { source }: FenceOptions): string {
  return `${openingMark(source)}\n${defused(stripped(text))}\n${closingMark}`
}

/** The line that ends a fence. */
export const closingMark = `</${marker}>`

/** How every opening line begins. */
export const openingStart = `<${marker} `

function openingMark(source: string): string {
  const words = oneLine(source).replaceAll(/["<>]/g, "'").slice(0, 120)
  return `${openingStart}source="${words}">`
}

/**
 * Text without what a reader cannot see: control characters but tab and line feed, lone surrogates, and what Unicode
 * calls ignorable (zero-width, fillers, marks of direction, tags, variation selectors), except the two selectors for
 * emoji and joiners inside of emoji and of scripts that need them.
 */
function stripped(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(unseen, '').replaceAll(strayJoiner, '')
}

/** For names and titles in a sentence: stripped, on one line, with single spaces. */
export function oneLine(text: string): string {
  return stripped(text).replaceAll(/\s+/g, ' ').trim()
}

const unseen =
  /[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\uFFF9-\uFFFB]--[\t\n\p{Join_Control}\uFE0E\uFE0F]]/gv

const strayJoiner =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]--\p{ASCII}])\p{Join_Control}|\p{Join_Control}(?![[\p{L}\p{M}\p{Extended_Pictographic}]--\p{ASCII}])/gv

/** A bracket or a look-alike, then what may stand before the marker's name: spaces, slashes, joiners. */
const opening =
  /[<\u2039\u2329\u27E8\u3008\uFE64\uFF1C](?=[\s\/\\\p{Join_Control}\u2044\u2215\uFF0F\uFF3C]*([uU]|[^\p{ASCII}]))/gv

/** Takes the bracket from whatever reads as our marker, in any case, width or spacing. */
function defused(text: string): string {
  return text.replaceAll(opening, (bracket, first: string, at: number) => {
    const name = text.indexOf(first, at + 1)
    const letters = text
      .slice(name, name + 4 * marker.length)
      .normalize('NFKC')
      .replaceAll(/\p{Join_Control}/gu, '')
    return letters.toLowerCase().startsWith(marker) ? '&lt;' : bracket
  })
}
