import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'

import {
  adfToMarkdown,
  adfToStorage,
  type AdfDocument,
  type AdfNode,
  isAdfError,
  markdownToAdf,
  normaliseAdf,
  outline,
  patchAdf,
  replaceSection,
  section,
  storageToAdf,
  validateAdf,
  wikiToAdf,
} from '../src/index.ts'
import { documents } from './arbitraries/documents.ts'
import { mutants } from './arbitraries/mutants.ts'
import { hostileText, markdowns } from './arbitraries/texts.ts'
import { allowedDifferences, atlassianAccepts } from './atlassian-schema.ts'

/** Throws with both sides unless they are the same. */
function same(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return
  throw new Error(`these differ:\n${JSON.stringify(actual)}\n${JSON.stringify(expected)}`)
}

/** Throws unless our validator and Atlassian's own schema take a document. */
function valid(document: unknown, target?: 'confluence' | 'jira'): void {
  const { ok, errors } = validateAdf(document, target ? { target } : {})
  if (!ok) throw new Error(`not valid: ${JSON.stringify(errors[0])} in ${JSON.stringify(document)}`)
  if (!atlassianAccepts(document))
    throw new Error(`not valid by Atlassian's schema: ${JSON.stringify(document)}`)
}

/** Runs a step that may refuse its input, but only with the error of this package. */
function refusable<Result>(step: () => Result): Result | undefined {
  try {
    return step()
  } catch (error) {
    if (isAdfError(error)) return undefined
    throw error
  }
}

function paragraph(text: string): AdfNode {
  return { type: 'paragraph', content: [{ type: 'text', text }] }
}

function holding(...content: readonly AdfNode[]): AdfDocument {
  return { type: 'doc', version: 1, content }
}

/** One text in each of the places where escaping differs. */
function settings(text: string): readonly AdfDocument[] {
  const inner = paragraph(text)
  const cell: AdfNode = { type: 'tableHeader', content: [inner] }
  return [
    holding(inner),
    holding({ type: 'heading', attrs: { level: 2 }, content: inner.content ?? [] }),
    holding({ type: 'bulletList', content: [{ type: 'listItem', content: [inner] }] }),
    holding({ type: 'blockquote', content: [inner] }),
    holding({ type: 'table', content: [{ type: 'tableRow', content: [cell] }] }),
    holding({
      type: 'paragraph',
      content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, ...(inner.content ?? [])],
    }),
  ]
}

/** Ids of lists of tasks have no place in storage format; the rest of a document has. */
function withoutListIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, node: unknown) => {
    if (typeof node !== 'object' || node === null || !('type' in node) || node.type !== 'taskList')
      return node
    return { ...node, attrs: {} }
  })
}

/** How often a property is tried, and from which seed. */
export interface Run {
  readonly numRuns: number
  readonly seed: number
}

/** Tries a property; throws with the smallest example against it. */
type Check = (run: Run) => void

function always<Values extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Values>): Check {
  return (run) => fc.assert(property, run)
}

/** What holds for all documents, texts and edits. A test tries each a few times, a fuzzer as often as it likes. */
export const properties: Readonly<Record<string, Check>> = {
  'a document is what its lossless Markdown reads as': always(
    fc.property(documents, (doc) => {
      same(markdownToAdf(adfToMarkdown(doc, { mode: 'lossless' }).markdown).doc, doc)
    }),
  ),
  'Markdown for editing stays the same when it is read and written': always(
    fc.property(documents, (doc) => {
      const { markdown } = adfToMarkdown(doc, { mode: 'edit' })
      same(adfToMarkdown(markdownToAdf(markdown, { original: doc }).doc, { mode: 'edit' }).markdown, markdown)
    }),
  ),
  'plain Markdown reads as valid ADF': always(
    fc.property(documents, (doc) => {
      valid(markdownToAdf(adfToMarkdown(doc).markdown).doc)
    }),
  ),
  'any text reads as valid ADF, for either product': always(
    fc.property(markdowns, (markdown) => {
      valid(markdownToAdf(markdown).doc)
      valid(markdownToAdf(markdown, { target: 'jira' }).doc, 'jira')
    }),
  ),
  'what a text read as is what it reads as again after writing': always(
    fc.property(markdowns, (markdown) => {
      const { doc } = markdownToAdf(markdown)
      same(markdownToAdf(adfToMarkdown(doc, { mode: 'lossless' }).markdown).doc, doc)
    }),
  ),
  'text stays text wherever it stands': always(
    fc.property(hostileText, fc.constantFrom('edit', 'lossless'), (text, mode) => {
      for (const doc of settings(text)) same(markdownToAdf(adfToMarkdown(doc, { mode }).markdown).doc, doc)
    }),
  ),
  'a document that was not edited is the same, node by node': always(
    fc.property(documents, fc.constantFrom('edit', 'lossless'), (doc, mode) => {
      const patched = patchAdf(doc, adfToMarkdown(doc, { mode }).markdown).doc
      same(patched, doc)
      for (const [index, node] of patched.content.entries()) {
        if (node !== doc.content[index]) throw new Error(`block ${index} is another object`)
      }
    }),
  ),
  'an edit of one paragraph changes one block': always(
    fc.property(documents, fc.nat(), (doc, pick) => {
      const { markdown, blocks } = adfToMarkdown(doc, { mode: 'edit' })
      const seen = blocks.flatMap((block, index) =>
        block.type === 'paragraph' && block.to > block.from ? [index] : [],
      )
      const place = seen[pick % seen.length]
      const block = place === undefined ? undefined : blocks[place]
      if (!block) return
      const lines = markdown
        .split('\n')
        .toSpliced(block.from - 1, block.to - block.from, 'Quite another sentence.')
      const patched = patchAdf(doc, lines.join('\n')).doc
      same(patched.content.length, doc.content.length)
      valid(patched)
      for (const [index, node] of patched.content.entries()) {
        if ((node === doc.content[index]) === (index === place))
          throw new Error(`block ${index} in ${JSON.stringify(patched)}`)
      }
    }),
  ),
  'a section that was not edited leaves the document as it is': always(
    fc.property(documents, (doc) => {
      for (const { address, hash } of outline(doc)) {
        const { markdown } = adfToMarkdown(section(doc, address).doc, { mode: 'edit' })
        same(replaceSection(doc, address, { markdown, ifHash: hash }).doc, doc)
      }
    }),
  ),
  'a valid document is valid, and one that is not is said to be': always(
    fc.property(documents, (doc) => {
      valid(doc)
      same(validateAdf({ ...doc, version: 2 }).ok, false)
    }),
  ),
  "our validator and Atlassian's schema give the same verdict": always(
    fc.property(fc.oneof(documents, mutants), (doc) => {
      const json: unknown = JSON.parse(JSON.stringify(doc))
      const [ours, theirs] = [validateAdf(json).ok, atlassianAccepts(json)]
      if (ours === theirs || allowedDifferences.some(({ explains }) => explains(json, theirs))) return
      throw new Error(`ours: ${ours}, theirs: ${theirs}: ${JSON.stringify(json)}`)
    }),
  ),
  'what is normalised is valid and stays the same': always(
    fc.property(fc.oneof(documents, mutants), (doc) => {
      const normal = normaliseAdf(doc).doc
      valid(normal)
      same(normaliseAdf(normal).doc, normal)
    }),
  ),
  'storage format is well-formed and reads as what it was written from': always(
    fc.property(documents, (doc) => {
      const first = storageToAdf(adfToStorage(doc).xml, { seed: 's' })
      valid(first.doc)
      same(
        first.warnings.filter(({ subject }) => subject === 'xml'),
        [],
      )
      same(
        withoutListIds(storageToAdf(adfToStorage(first.doc).xml, { seed: 's' }).doc),
        withoutListIds(first.doc),
      )
    }),
  ),
  'whatever is wrong with a document, it is converted or refused': always(
    fc.property(mutants, (doc) => {
      validateAdf(doc)
      for (const mode of ['plain', 'edit', 'lossless'] as const) {
        const written = refusable(() => adfToMarkdown(doc, { mode }))
        if (written) valid(markdownToAdf(written.markdown).doc)
      }
      const xml = refusable(() => adfToStorage(doc).xml)
      if (xml !== undefined) valid(storageToAdf(xml).doc)
    }),
  ),
  'any text reads as valid ADF as storage format or wiki markup too': always(
    fc.property(markdowns, (text) => {
      valid(storageToAdf(text).doc)
      valid(wikiToAdf(text).doc)
    }),
  ),
}
