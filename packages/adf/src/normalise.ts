import { completeAttrs } from './complete.ts'
import {
  type AdfDocument,
  type AdfMark,
  type AdfNode,
  createNode,
  isMark,
  isNode,
  type Warning,
} from './document.ts'
import { canonicalJson, fingerprint, isEqual } from './equal.ts'
import { AdfError } from './error.ts'
import { takeApart } from './fit/convert.ts'
import type { Fitting } from './fit/fitting.ts'
import { settle } from './fit/settle.ts'
import { guardJson } from './guard.ts'
import { isValidMark, marksOfText, textMarks } from './model/marks.ts'
import { isInline, markable, ruleOf } from './model/nodes.ts'
import { nodeText } from './plain-text.ts'
import type { Target } from './targets.ts'

/** What `normaliseAdf` takes besides the document. */
export interface NormaliseOptions {
  /** Also replace what this product is known to refuse. */
  readonly target?: Target
  /** What made ids begin with. Default: a fingerprint of the document. */
  readonly seed?: string
}

/** What `normaliseAdf` gives. */
export interface NormaliseResult {
  /** Valid ADF. Normalising it again changes nothing. */
  readonly doc: AdfDocument
  readonly warnings: readonly Warning[]
}

/**
 * Makes the nearest valid document of any JSON: joins neighbouring texts with the same marks, sorts marks, leaves out empty
 * text and unknown attributes, fills in what is required, and puts nodes where they may stand. A node of an unknown type
 * gives way to its content. Throws an `AdfError` for values beyond the limits or that are no node at all.
 */
export function normaliseAdf(document: unknown, options: NormaliseOptions = {}): NormaliseResult {
  const warnings: Warning[] = []
  if (document === null || document === undefined)
    return { doc: { type: 'doc', version: 1, content: [] }, warnings }
  guardJson(document)
  if (!isNode(document)) throw new AdfError('not_adf', 'This is no ADF: give a document, a node, or nothing.')
  let ids = 0
  let { seed } = options
  const fitting: Fitting = {
    target: options.target,
    trusted: new WeakSet(),
    newId() {
      seed ??= fingerprint(canonicalJson(document))
      ids += 1
      return `${seed}-${ids}`
    },
    warn: (subject, message) => warnings.push({ code: 'repaired', subject, message }),
  }
  let content = pass(document.type === 'doc' ? (document.content ?? []) : [document], fitting)
  // A repair can leave texts to be joined or marks to be sorted, so the result is looked at again until it stays.
  for (let round = 0; round < mostRounds; round += 1) {
    const next = pass(content, fitting)
    if (isEqual(next, content)) break
    content = next
  }
  return { doc: { type: 'doc', version: 1, content }, warnings }
}

const mostRounds = 4

function pass(nodes: readonly unknown[], fitting: Fitting): readonly AdfNode[] {
  const [settled] = settle({ type: 'doc', content: cleanAll(nodes, fitting) }, fitting)
  return settled?.content ?? []
}

function cleanAll(nodes: readonly unknown[], fitting: Fitting): readonly AdfNode[] {
  const list: AdfNode[] = []
  for (const node of nodes) {
    if (!isNode(node)) {
      fitting.warn('node', 'Something that is no node was left out.')
      continue
    }
    for (const cleaned of clean(node, fitting)) {
      const last = list.at(-1)
      if (cleaned.type === 'text' && last?.type === 'text' && isEqual(last.marks, cleaned.marks)) {
        list[list.length - 1] = { ...last, text: (last.text ?? '') + (cleaned.text ?? '') }
      } else list.push(cleaned)
    }
  }
  return list
}

function clean(node: AdfNode, fitting: Fitting): readonly AdfNode[] {
  if (node.type === 'text') return cleanText(node)
  const rule = ruleOf(node.type)
  const content = cleanAll(node.content ?? [], fitting)
  if (!rule)
    return takeApart(createNode(node.type, { ...(node.attrs && { attrs: node.attrs }), content }), fitting)
  const attrs = completeAttrs(node.type, node.attrs, fitting)
  if (!attrs) {
    if (!isInline(node.type)) return takeApart({ ...node, content }, fitting)
    fitting.warn(node.type, `A ${node.type} without what it needs became its text.`)
    const text = nodeText(node)
    return text === '' ? [] : [{ type: 'text', text }]
  }
  const marks = markable.has(node.type) ? (node.marks ?? []).filter(isValidMark) : []
  const isNeeded = Object.keys(attrs).length > 0 || rule.attrsRequired
  return settle(
    createNode(node.type, {
      ...(isNeeded && { attrs }),
      ...(rule.children && { content }),
      ...(marks.length > 0 && { marks }),
    }),
    fitting,
  )
}

const order: readonly string[] = [...textMarks, 'code']

function cleanText(node: AdfNode): readonly AdfNode[] {
  if (node.text === undefined || node.text === '') return []
  const given = (node.marks ?? []).filter((mark): mark is AdfMark => isMark(mark) && isValidMark(mark))
  const allowed = marksOfText(given)
  const seen = new Set<string>()
  const marks = given
    .filter((mark) => allowed.has(mark.type))
    .filter((mark) => isFirst(mark, seen))
    .toSorted((left, right) => order.indexOf(left.type) - order.indexOf(right.type))
  return [createNode('text', { text: node.text, ...(marks.length > 0 && { marks }) })]
}

/** Whether a mark is the first of its kind: there is one of a type, but for comments, of which several may overlap. */
function isFirst(mark: AdfMark, seen: Set<string>): boolean {
  const key = mark.type === 'annotation' ? canonicalJson(mark) : mark.type
  if (seen.has(key)) return false
  seen.add(key)
  return true
}
