/** The words of a text as a search sees them: names taken apart at their capitals, lower case, without endings. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !silent.has(word))
    .map(stem)
}

/** Words that say nothing about which tool is meant. */
const silent: ReadonlySet<string> = new Set(
  'a an and are as at be by can do for from i if in into is it me my of on or please that the their this to us want with you your'.split(
    ' ',
  ),
)

/** Endings of plurals and of verbs, the longest first. What is left is a mark, and need not be a word. */
const endings = [
  'ations',
  'ation',
  'ments',
  'ment',
  'ings',
  'ing',
  'ers',
  'ies',
  'ed',
  'es',
  'er',
  's',
  'e',
  'y',
]
const shortestStem = 3

function stem(word: string): string {
  const ending = endings.find((end) => word.endsWith(end) && word.length - end.length >= shortestStem)
  return ending === undefined ? word : word.slice(0, -ending.length)
}
