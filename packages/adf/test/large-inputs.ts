/**
 * Converts inputs of ten megabytes in a process of its own, whose memory its parent has bounded, and prints how each ended.
 * A process that needs more ends without a word.
 */
import {
  adfToMarkdown,
  adfToStorage,
  estimateTokens,
  isAdfError,
  markdownToAdf,
  neutralise,
  normaliseAdf,
  patchAdf,
  plainText,
  storageToAdf,
  validateAdf,
  wikiToAdf,
} from '../src/index.ts'

const size = 10_000_000
const words = 'ten megabytes of words '
const text = (length: number): string => words.repeat(Math.ceil(length / words.length)).slice(0, length)
const paragraph = (content: string): unknown => ({
  type: 'paragraph',
  content: [{ type: 'text', text: content }],
})
const holding = (content: readonly unknown[]): unknown => ({ type: 'doc', version: 1, content })

const documents: Readonly<Record<string, () => unknown>> = {
  'one paragraph': () => holding([paragraph(text(size - 100_000))]),
  'one paragraph too long': () => holding([paragraph(text(size + 100_000))]),
  // Nine million characters, with the names of their types.
  'many paragraphs': () => holding(Array.from({ length: 40_000 }, () => paragraph(text(190)))),
  'a million nodes': () => holding(Array.from({ length: 1_000_000 }, () => ({ type: 'rule' }))),
  'one attribute': () =>
    holding([
      { type: 'extension', attrs: { extensionKey: 'x', extensionType: 'y', parameters: { a: text(size) } } },
    ]),
}

/** Texts of so many characters. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  words: text,
  paragraphs: (length) => `${text(190)}\n\n`.repeat(length / 192),
  items: (length) => '- a\n'.repeat(length / 4),
  brackets: (length) => '['.repeat(length),
  tags: (length) => '<p>a</p>'.repeat(length / 8),
}

const onDocuments: Readonly<Record<string, (document: unknown) => unknown>> = {
  plain: (document) => adfToMarkdown(document),
  lossless: (document) => adfToMarkdown(document, { mode: 'lossless' }),
  storage: (document) => adfToStorage(document),
  validate: (document) => validateAdf(document),
  normalise: (document) => normaliseAdf(document),
  words: (document) => plainText(document),
}

const onTexts: Readonly<Record<string, (source: string) => unknown>> = {
  markdown: (source) => markdownToAdf(source),
  patch: (source) => patchAdf({ type: 'doc', version: 1, content: [] }, source),
  storage: (source) => storageToAdf(source),
  wiki: (source) => wikiToAdf(source),
  neutralise,
  tokens: estimateTokens,
}

/** How a step ended. What is no error of this package ends the process. */
function outcome(step: () => unknown): string {
  try {
    step()
    return 'done'
  } catch (error) {
    if (isAdfError(error)) return error.code
    throw error
  }
}

const ends: Record<string, string> = {}
function tryAll<Input>(
  what: string,
  input: Input,
  steps: Readonly<Record<string, (input: Input) => unknown>>,
): void {
  ends[what] = Object.entries(steps)
    .map(([how, step]) => `${how} ${outcome(() => step(input))}`)
    .join(', ')
}

for (const [what, make] of Object.entries(documents)) tryAll(what, make(), onDocuments)
for (const megabytes of [1, 10]) {
  for (const [what, make] of Object.entries(texts))
    tryAll(`${what}, ${megabytes} MB`, make(megabytes * 1_000_000), onTexts)
}
console.error(JSON.stringify(ends))
