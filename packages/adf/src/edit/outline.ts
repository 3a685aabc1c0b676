import { type AdfDocument, type AdfNode, numberAttr } from '../document.ts'
import { AdfError } from '../error.ts'
import { isInline } from '../model/nodes.ts'
import { contentOf } from '../patch/patch-adf.ts'
import { inlineText } from '../plain-text.ts'
import { adfToMarkdown } from '../to-markdown/adf-to-markdown.ts'
import { estimateTokens } from '../tokens.ts'
import { addressOf, contentHash, nodeAt, parseAddress } from './address.ts'

/** A heading with what stands under it. */
export interface OutlineEntry {
  /** Where the heading is, such as `3` or `5.0.2`. */
  readonly address: string
  readonly level: number
  readonly text: string
  /** The heading and the blocks under it, subheadings included. */
  readonly blocks: number
  /** About how many tokens the section is in the mode `edit`. */
  readonly tokens: number
  /** The state of the section; give it with an edit, and the edit is refused when the section has moved on. */
  readonly hash: string
}

/** The headings of a document in order, wherever they stand: also in columns, expands and cells. */
export function outline(document: AdfDocument): readonly OutlineEntry[] {
  const entries: OutlineEntry[] = []
  collect(contentOf(document), '', entries)
  return entries
}

function collect(nodes: readonly AdfNode[], parent: string, entries: OutlineEntry[]): void {
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'heading') entries.push(entryOf(nodes, index, addressOf(parent, index)))
    else if (node.content && !node.content.some((child) => isInline(child.type))) {
      collect(node.content, addressOf(parent, index), entries)
    }
  }
}

function entryOf(nodes: readonly AdfNode[], index: number, address: string): OutlineEntry {
  const heading = nodes[index]
  const content = nodes.slice(index, endOf(nodes, index))
  const document: AdfDocument = { type: 'doc', version: 1, content }
  return {
    address,
    level: (heading && numberAttr(heading, 'level')) ?? 1,
    text: inlineText(heading?.content ?? []).trim(),
    blocks: content.length,
    tokens: estimateTokens(adfToMarkdown(document, { mode: 'edit' }).markdown),
    hash: contentHash(document),
  }
}

/** Where the section of a heading ends: at the next one of its level or above, or with what holds it. */
function endOf(nodes: readonly AdfNode[], start: number): number {
  const heading = nodes[start]
  const level = (heading && numberAttr(heading, 'level')) ?? 1
  let end = start + 1
  for (; end < nodes.length; end += 1) {
    const node = nodes[end]
    if (node?.type === 'heading' && (numberAttr(node, 'level') ?? 1) <= level) break
  }
  return end
}

/** A section of a document. */
export interface Section extends OutlineEntry {
  /** The heading and what stands under it, as a document of its own. */
  readonly doc: AdfDocument
}

/**
 * The section under a heading, named by its address or by its text, in which case and white space do not count. Throws an
 * `AdfError`: `not_found` when there is none, `conflict` when several headings have that text.
 */
export function section(document: AdfDocument, heading: string): Section {
  const { parent, start, end, entry } = locateSection(document, heading)
  return { ...entry, doc: { type: 'doc', version: 1, content: parent.slice(start, end) } }
}

/** A section by its place among its siblings. */
export interface LocatedSection {
  readonly entry: OutlineEntry
  /** The address of what holds the section; empty for the document. */
  readonly holder: string
  readonly parent: readonly AdfNode[]
  readonly start: number
  readonly end: number
}

/** Finds a section; see `section`. */
export function locateSection(document: AdfDocument, heading: string): LocatedSection {
  const content = contentOf(document)
  const address = /^\d+(?:\.\d+)*$/.test(heading) ? heading : addressOfText(document, heading)
  const path = parseAddress(address)
  const start = path.at(-1) ?? 0
  const holder = path.slice(0, -1).join('.')
  const parent = holder === '' ? content : (nodeAt(document, holder).content ?? [])
  if (parent[start]?.type !== 'heading') {
    throw new AdfError('not_found', `There is no heading at ${address}: read the outline again.`)
  }
  return { entry: entryOf(parent, start, address), holder, parent, start, end: endOf(parent, start) }
}

function addressOfText(document: AdfDocument, heading: string): string {
  const wanted = plain(heading)
  const entries = outline(document)
  const found = entries.filter(({ text }) => plain(text) === wanted)
  const [only, another] = found
  if (only && !another) return only.address
  if (another) {
    const places = found.map(({ address }) => address).join(', ')
    throw new AdfError(
      'conflict',
      `Several headings have this text: give the address of one of them (${places}).`,
    )
  }
  throw new AdfError('not_found', 'No heading has this text: read the outline, and give an address from it.')
}

function plain(text: string): string {
  return text
    .replace(/^#{1,6}\s+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}
