import { type AdfDocument, type AdfNode, createNode, isNode, textOf } from './document.ts'
import { canonicalJson } from './equal.ts'
import { isAdfError } from './error.ts'
import { guardJson } from './guard.ts'
import { isValidNode } from './validate.ts'

/**
 * Which `adf` escapes are let through. `validated`: every node that is valid · `known`: macros, sync blocks and unknown
 * nodes only when the original document holds the very same one · `refuse`: none.
 */
export type EscapePolicy = 'known' | 'refuse' | 'validated'

/** Decides about escapes. */
export interface Gate {
  /** The node of an escape, or why it is kept as text instead. */
  admit(value: unknown, parent: string): Admitted | { readonly reason: string }
  /** Whether a container with these attributes, whose content is Markdown, is let through. */
  admitFrame(frame: AdfNode): boolean
}

interface Admitted {
  readonly node: AdfNode
  /** The node is outside the model and stands in the original. */
  readonly trusted: boolean
}

/** Nodes that do something on the site where they are shown. */
const active: ReadonlySet<string> = new Set([
  'extension',
  'inlineExtension',
  'bodiedExtension',
  'syncBlock',
  'bodiedSyncBlock',
])

const script = /^[\s\u0000-\u001f]*(?:javascript|vbscript|data|file)\s*:/i // eslint-disable-line no-control-regex -- browsers skip them

/** Whether an address could run something where it is followed. */
export function isScript(href: string): boolean {
  return script.test(href)
}

/** Makes the gate for one reading. The original, if any, is indexed when the first escape asks for it. */
export function createGate(policy: EscapePolicy, original: AdfDocument | undefined): Gate {
  let index: ReadonlySet<string> | undefined
  const isKnown = (node: AdfNode): boolean => {
    if (!original) return false
    index ??= indexOf(original)
    return index.has(canonicalJson(node))
  }
  return {
    admit(value, parent) {
      if (policy === 'refuse') return { reason: 'escapes are refused here' }
      const fault = jsonFault(value)
      if (fault !== undefined) return { reason: fault }
      if (!isNode(value)) return { reason: 'it is no ADF node' }
      const known = isKnown(value)
      if (!known && policy === 'known' && holds(value, (node) => active.has(node.type))) {
        return { reason: 'the original document has no such macro; macros can be kept, not made' }
      }
      if (!known && holds(value, hasScript)) return { reason: 'an address in it could run a script' }
      if (isValidNode(value, parent) || isValidNode(value, 'doc')) return { node: value, trusted: false }
      return known ? { node: value, trusted: true } : { reason: 'it is not valid ADF' }
    },
    admitFrame({ type, attrs }) {
      if (policy === 'refuse') return false
      if (policy === 'known' && !isKnown(createNode(type, { ...(attrs && { attrs }) }))) return false
      return isValidNode({ type, attrs, content: [{ type: 'paragraph' }] }, 'doc')
    },
  }
}

function jsonFault(value: unknown): string | undefined {
  try {
    guardJson(value)
    return undefined
  } catch (error) {
    if (isAdfError(error)) return 'it is nested too deeply or too large'
    throw error
  }
}

function holds(node: AdfNode, test: (node: AdfNode) => boolean): boolean {
  return test(node) || (node.content?.some((child) => isNode(child) && holds(child, test)) ?? false)
}

function hasScript(node: AdfNode): boolean {
  const url = node.attrs?.['url']
  if (typeof url === 'string' && isScript(url)) return true
  return node.marks?.some((mark) => mark.type === 'link' && isScript(textOf(mark.attrs?.['href']))) ?? false
}

function indexOf(original: AdfDocument): ReadonlySet<string> {
  const index = new Set<string>()
  const stack: unknown[] = [...original.content]
  while (stack.length > 0) {
    const node = stack.pop()
    if (isNode(node)) {
      // Paragraphs and the like are written as Markdown, so only what may be escaped is worth a text.
      if (node.type !== 'text' || node.marks) index.add(canonicalJson(node))
      if (active.has(node.type)) index.add(canonicalJson({ type: node.type, attrs: node.attrs }))
      stack.push(...(node.content ?? []))
    }
  }
  return index
}
