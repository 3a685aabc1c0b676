/**
 * The stem of an English word in lower case, by Porter's algorithm. Words of other alphabets come back as they are.
 *
 * @see https://tartarus.org/martin/PorterStemmer/def.txt
 */
export function stem(word: string): string {
  if (word.length < 3 || word.length > longestWord || !/^[a-z]+$/.test(word)) return word
  const steps = [plural, pastTense, finalY, longSuffix, middleSuffix, shortSuffix, finalE, doubleL]
  return steps.reduce((text, step) => step(text), word)
}

/** Longer runs of letters are no words, and would take time by the square of their length. */
const longestWord = 40

const vowelRun = '(?:[aeiou]|(?<=[^aeiou])y)+'
const consonantRun = '(?:(?<![^aeiou])y|[^aeiouy])+'
const measure = new RegExp(`${vowelRun}${consonantRun}`, 'g')

/** How many times vowels are followed by consonants. */
function m(text: string): number {
  return text.match(measure)?.length ?? 0
}

function hasVowel(text: string): boolean {
  return /[aeiou]|[^aeiou]y/.test(text)
}

/** Consonant, vowel, consonant at the end, the last not w, x or y. */
function endsShort(text: string): boolean {
  return /[^aeiou][aeiouy][^aeiouwxy]$/.test(text)
}

function cut(text: string, suffix: string): string {
  return text.slice(0, text.length - suffix.length)
}

function plural(text: string): string {
  if (text.endsWith('sses') || text.endsWith('ies')) return cut(text, 'es')
  return text.endsWith('s') && !text.endsWith('ss') ? cut(text, 's') : text
}

function pastTense(text: string): string {
  if (text.endsWith('eed')) return m(cut(text, 'eed')) > 0 ? cut(text, 'd') : text
  const suffix = ['ed', 'ing'].find((end) => text.endsWith(end))
  if (suffix === undefined || !hasVowel(cut(text, suffix))) return text
  const rest = cut(text, suffix)
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`
  if (/([^aeioulsz])\1$/.test(rest)) return rest.slice(0, -1)
  return m(rest) === 1 && endsShort(rest) ? `${rest}e` : rest
}

function finalY(text: string): string {
  return text.endsWith('y') && hasVowel(cut(text, 'y')) ? `${cut(text, 'y')}i` : text
}

const long = pairs(`
  ational ate, tional tion, enci ence, anci ance, izer ize, bli ble, alli al, entli ent, eli e, ousli ous, ization ize,
  ation ate, ator ate, alism al, iveness ive, fulness ful, ousness ous, aliti al, iviti ive, biliti ble, logi log`)
const middle = pairs('icate ic, ative , alize al, iciti ic, ical ic, ful , ness ')
const short = pairs(`
  al , ance , ence , er , ic , able , ible , ant , ement , ment , ent , sion s, tion t, ou , ism , ate , iti , ous ,
  ive , ize `)

function pairs(table: string): readonly (readonly [string, string])[] {
  return table.split(',').map((entry) => {
    const [suffix = '', replacement = ''] = entry.trim().split(' ')
    return [suffix, replacement]
  })
}

function replace(text: string, table: typeof long, least: number): string {
  let best: readonly [string, string] | undefined
  for (const pair of table) {
    if (text.endsWith(pair[0]) && (best === undefined || pair[0].length > best[0].length)) best = pair
  }
  if (best === undefined) return text
  const [suffix, replacement] = best
  const rest = cut(text, suffix)
  return m(rest + (least > 1 ? replacement : '')) >= least ? rest + replacement : text
}

function longSuffix(text: string): string {
  return replace(text, long, 1)
}

function middleSuffix(text: string): string {
  return replace(text, middle, 1)
}

function shortSuffix(text: string): string {
  return replace(text, short, 2)
}

function finalE(text: string): string {
  if (!text.endsWith('e')) return text
  const rest = cut(text, 'e')
  return m(rest) > 1 || (m(rest) === 1 && !endsShort(rest)) ? rest : text
}

function doubleL(text: string): string {
  return text.endsWith('ll') && m(text) > 1 ? text.slice(0, -1) : text
}
