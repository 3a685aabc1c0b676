import type { PreparedText } from './prepared-text.ts'
import { prepareText, wordsOf } from './prepared-text.ts'
import { stem } from './stem.ts'

/** Tells whether a text fits a text query. */
export type TextTest = (text: string | PreparedText) => boolean

/**
 * Reads the value of `~`: words in any order, all of them; `wor*` and `w?rd`; `"words in this order"`; `-word`, OR.
 * Words are compared by stem, and never as parts of longer words.
 *
 * Undefined when there is nothing to look for, or when a word begins with a wildcard, which the service refuses.
 */
export function textTest(query: string): TextTest | undefined {
  const wanted: Test[][] = []
  const unwanted: Test[] = []
  let either = false
  for (const { text, phrase, operator } of termsOf(query)) {
    if (operator === 'or') {
      either = wanted.length > 0
      continue
    }
    const test = phrase ? phraseTest(wordsOf(text)) : termTest(text)
    if (test === 'refused') return undefined
    if (test === undefined) continue
    if (operator === 'not') unwanted.push(test)
    else if (either) wanted.at(-1)?.push(test)
    else wanted.push([test])
    either = false
  }
  if (wanted.length === 0) return undefined
  return (text) => {
    const prepared = typeof text === 'string' ? prepareText(text) : text
    return (
      wanted.every((tests) => tests.some((test) => test(prepared))) &&
      !unwanted.some((test) => test(prepared))
    )
  }
}

/**
 * What a text has to hold to fit a text query: of each group at least one of the stems. Only plain words and phrases
 * are in it, so that it is less than the whole.
 */
export function stemsOf(query: string): readonly (readonly string[])[] {
  const groups: (readonly string[] | undefined)[] = []
  let either = false
  for (const { text, phrase, operator } of termsOf(query)) {
    if (operator === 'or') {
      either = groups.length > 0
      continue
    }
    const wild = !phrase && /(?:^|[^\\])[*?]/.test(text)
    const [first] = wild ? [] : wordsOf(phrase ? text : unescape(text))
    if (!wild && first === undefined) continue
    if (operator !== 'not') {
      const before = either ? groups.pop() : []
      groups.push(before && first !== undefined ? [...before, stem(first)] : undefined)
    }
    either = false
  }
  return groups.filter((group) => group !== undefined)
}

type Test = (text: PreparedText) => boolean

interface Term {
  /** Of a word with its wildcards and escapes, of a phrase without its quotes. */
  readonly text: string
  readonly phrase: boolean
  readonly operator?: 'not' | 'or'
}

const term = /([-+!]*)(?:"((?:[^"\\]|\\.)*)"?|((?:[^\s"()\\]|\\.)+))(?:[~^][\d.]*)?/gsu

function termsOf(query: string): readonly Term[] {
  const terms: Term[] = []
  let negate = false
  for (const [, signs = '', phrase, word = ''] of query.matchAll(term)) {
    if (phrase === undefined && signs === '' && (word === 'AND' || word === '&&')) continue
    if (phrase === undefined && signs === '' && (word === 'OR' || word === '||')) {
      terms.push({ text: '', phrase: false, operator: 'or' })
    } else if (phrase === undefined && signs === '' && word === 'NOT') negate = true
    else {
      const not = negate || signs.includes('-') || signs.includes('!')
      const text = phrase === undefined ? word.replace(/[~^][\d.]*$/u, '') : unescape(phrase)
      terms.push({ text, phrase: phrase !== undefined, ...(not && { operator: 'not' as const }) })
      negate = false
    }
  }
  return terms
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gsu, '$1')
}

/** Longer ones are not tried against wildcards: that takes time by the square. */
const longestWord = 500

/** A word, which may hold wildcards, or several words that belong together, such as `foo-bar`. */
function termTest(text: string): Test | 'refused' | undefined {
  if (/^[*?]/.test(text)) return 'refused'
  if (!/(?:^|[^\\])[*?]/.test(text)) return phraseTest(wordsOf(unescape(text)))
  if (text.length > longestWord) return 'refused'
  const pattern = unescape(text).normalize('NFC').toLowerCase()
  if (/^[^*?]+\*$/.test(pattern)) {
    const prefix = pattern.slice(0, -1)
    return ({ words }) => words.some((word) => word.startsWith(prefix))
  }
  return ({ words }) => words.some((word) => glob(pattern, word))
}

function phraseTest(words: readonly string[]): Test | undefined {
  const stems = words.map(stem)
  const [first] = stems
  if (first === undefined) return undefined
  if (stems.length === 1) return ({ stemSet }) => stemSet.has(first)
  return (text) => {
    if (!stems.every((each) => text.stemSet.has(each))) return false
    for (let at = text.stems.indexOf(first); at !== -1; at = text.stems.indexOf(first, at + 1)) {
      if (stems.every((each, index) => text.stems[at + index] === each)) return true
    }
    return false
  }
}

/** Whether a word fits a pattern of `*` and `?`, in time of pattern times word at most. */
function glob(pattern: string, word: string): boolean {
  if (word.length > longestWord) return false
  let at = 0
  let read = 0
  let star = -1
  let mark = 0
  while (read < word.length) {
    const sign = pattern.charAt(at)
    if (sign === '*') {
      star = at
      mark = read
      at += 1
    } else if (sign === '?' || sign === word.charAt(read)) {
      at += 1
      read += 1
    } else if (star === -1) return false
    else {
      at = star + 1
      mark += 1
      read = mark
    }
  }
  while (pattern.charAt(at) === '*') at += 1
  return at === pattern.length
}
