import type { AdfDocument, AdfNode, Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import type { Fitting } from '../fit/fitting.ts'
import { settle } from '../fit/settle.ts'
import { readMarkdown } from '../from-markdown/markdown-to-adf.ts'
import type { FromMarkdownOptions } from '../from-markdown/reading.ts'
import { isInline } from '../model/nodes.ts'
import { createKeys } from '../patch/keys.ts'
import { mergeNodes } from '../patch/merge.ts'
import { contentOf } from '../patch/patch-adf.ts'
import { createTally, type LostAnnotation } from '../patch/report.ts'
import { table } from '../table.ts'
import { adfToMarkdown } from '../to-markdown/adf-to-markdown.ts'
import { addressOf, contentHash, nodeAt, parseAddress } from './address.ts'
import { createFitting, rebuild } from './rebuild.ts'

/** One edit of a document. Addresses are those of the document before any edit. */
export interface AdfEdit {
  readonly action: 'append' | 'insertAfter' | 'insertBefore' | 'remove' | 'replace'
  /** A block, an item of a list, a cell, a column: `3.0.2`. For `append` what is appended to, empty for the document. */
  readonly at: string
  /** The hash of the node at that address as it was read; the edit is refused when it has another by now. */
  readonly ifHash?: string
  /** What is put there. Not for `remove`. */
  readonly markdown?: string
}

/** What `editAdf` takes besides the document and the edits. */
export interface EditOptions extends Omit<FromMarkdownOptions, 'escapes' | 'original'> {
  /** The hash of the whole document as it was read. */
  readonly ifHash?: string
  /** Only say what would be changed: the document is given back as it is. */
  readonly dryRun?: boolean
}

/** What one edit did, or would do. */
export interface AppliedEdit {
  readonly action: AdfEdit['action']
  readonly at: string
  /** Markdown of what was there, and of what is there now, in the mode `edit`. */
  readonly before: string
  readonly after: string
}

/** What `editAdf` gives. */
export interface EditResult {
  readonly doc: AdfDocument
  /** The hash of the document after the edits, also when they were only tried. */
  readonly hash: string
  readonly changes: readonly AppliedEdit[]
  readonly annotationsLost: readonly LostAnnotation[]
  readonly warnings: readonly Warning[]
}

/** An edit with what it puts in. */
interface Prepared {
  readonly edit: AdfEdit
  readonly nodes: readonly AdfNode[]
}

/**
 * Edits nodes by their address. All edits are applied or none; the nodes that none of them names are the very same after.
 * Throws an `AdfError`: `not_found` for an address without a node, `conflict` when a hash differs or an edit lies within
 * another's node, `invalid` when a node cannot hold what is put into it.
 */
export function editAdf(
  document: AdfDocument,
  edits: readonly AdfEdit[],
  options: EditOptions = {},
): EditResult {
  const { ifHash, dryRun = false, ...reading } = options
  const original: AdfDocument = { type: 'doc', version: 1, content: contentOf(document) }
  if (ifHash !== undefined && ifHash !== contentHash(original)) throw movedOn()
  refuseOverlaps(edits)
  const fitting = createFitting(original, reading.target)
  const warnings: Warning[] = []
  const tally = createTally()
  const changes: AppliedEdit[] = []
  const byAddress = new Map<string, Prepared[]>()
  for (const [index, edit] of edits.entries()) {
    const node = edit.at === '' && edit.action === 'append' ? undefined : nodeAt(original, edit.at)
    if (node && isInline(node.type))
      throw new AdfError('invalid', `At ${edit.at} is a piece of a line: edit the block around it.`)
    if (node && edit.ifHash !== undefined && edit.ifHash !== contentHash(node)) throw movedOn()
    const read = readMarkdown(edit.markdown ?? '', {
      ...reading,
      seed: `${reading.seed ?? contentHash(original)}-${index}`,
      escapes: 'known',
      original,
    })
    warnings.push(...read.warnings)
    const inner = edit.action === 'append' ? node : undefined
    const model = inner ? inner.content?.[0] : node
    const wrapped = wrapFor(model, read.nodes, fitting)
    const isReplaced = edit.action === 'replace' && node
    const nodes = isReplaced
      ? mergeNodes([node], wrapped, { keys: createKeys(), tally, isMade: read.isMade })
      : wrapped
    const list = byAddress.get(edit.at) ?? []
    list.push({ edit, nodes })
    byAddress.set(edit.at, list)
    changes.push({
      action: edit.action,
      at: edit.at,
      before: node && (edit.action === 'replace' || edit.action === 'remove') ? shown([node]) : '',
      after: edit.action === 'remove' ? '' : shown(nodes),
    })
  }
  const doc = rebuild(original, (children, address) => apply(children, address, byAddress), fitting)
  return {
    doc: dryRun ? document : doc,
    hash: contentHash(doc),
    changes,
    annotationsLost: tally.annotationsLost,
    warnings,
  }
}

function movedOn(): AdfError {
  return new AdfError(
    'conflict',
    'The document was changed since it was read: read it again, and edit what is there now.',
  )
}

/** Markdown of nodes that may be items, cells or columns and so cannot stand alone. */
function shown(nodes: readonly AdfNode[]): string {
  const [list] = wrappers[nodes[0]?.type ?? ''] ?? []
  const isInner = nodes[0] !== undefined && list === undefined && wrapping.has(nodes[0].type)
  const inner = isInner ? nodes.flatMap((node) => node.content ?? []) : nodes
  const content = list === undefined ? inner : [{ type: list, content: nodes }]
  return adfToMarkdown({ type: 'doc', version: 1, content }, { mode: 'edit' }).markdown
}

/** Two edits of one node, or one within a node that another takes away, cannot both be meant. */
function refuseOverlaps(edits: readonly AdfEdit[]): void {
  const taken = new Set<string>()
  for (const { action, at } of edits) {
    if (action !== 'replace' && action !== 'remove') continue
    if (taken.has(at)) throw new AdfError('conflict', `Two edits replace what is at ${at}: make one of them.`)
    taken.add(at)
  }
  for (const { action, at } of edits) {
    const path = at === '' ? [] : parseAddress(at)
    const deepest = action === 'append' ? path.length : path.length - 1
    for (let length = 1; length <= deepest; length += 1) {
      const above = path.slice(0, length).join('.')
      if (taken.has(above))
        throw new AdfError(
          'conflict',
          `The edit at ${at} lies within what another edit replaces at ${above}.`,
        )
    }
  }
}

/** Nodes that hold what is put into a list, a table or a layout: they are made like their neighbour. */
const wrappers = table<readonly string[]>({
  listItem: ['bulletList', 'orderedList'],
  taskItem: ['taskList'],
  decisionItem: ['decisionList'],
})

/** Blocks in the form in which they can stand beside a node: items for an item, a cell for a cell. */
function wrapFor(
  model: AdfNode | undefined,
  nodes: readonly AdfNode[],
  fitting: Fitting,
): readonly AdfNode[] {
  if (!model || nodes.length === 0) return nodes
  const lists = wrappers[model.type]
  const [only] = nodes
  if (lists && only && nodes.length === 1 && lists.includes(only.type)) return only.content ?? []
  const attrs = model.type === 'layoutColumn' ? { attrs: { width: model.attrs?.['width'] ?? 50 } } : {}
  if (!wrapping.has(model.type)) return nodes
  const settled = settle({ type: model.type, ...attrs, content: nodes }, fitting)
  if (settled.length === 1 && settled[0]?.type === model.type) return settled
  throw new AdfError(
    'invalid',
    `A ${model.type} cannot hold what the edit puts into it: edit what is around it.`,
  )
}

const wrapping: ReadonlySet<string> = new Set(['layoutColumn', 'listItem', 'tableCell', 'tableHeader'])

function apply(
  children: readonly AdfNode[],
  parent: string,
  edits: ReadonlyMap<string, readonly Prepared[]>,
): readonly AdfNode[] | undefined {
  let isChanged = false
  const result: AdfNode[] = []
  const put = (list: readonly Prepared[], action: AdfEdit['action']): void => {
    for (const { edit, nodes } of list) {
      if (edit.action !== action) continue
      isChanged = true
      result.push(...nodes)
    }
  }
  for (const [index, child] of children.entries()) {
    const list = edits.get(addressOf(parent, index)) ?? []
    put(list, 'insertBefore')
    if (list.some(({ edit }) => edit.action === 'replace' || edit.action === 'remove')) {
      isChanged = true
      put(list, 'replace')
    } else result.push(child)
    put(list, 'insertAfter')
  }
  put(edits.get(parent) ?? [], 'append')
  return isChanged ? result : undefined
}
