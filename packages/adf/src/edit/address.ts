import type { AdfDocument, AdfNode } from '../document.ts'
import { canonicalJson, fingerprint } from '../equal.ts'
import { AdfError } from '../error.ts'
import { guardJson } from '../guard.ts'

/**
 * A name for the state of a node or document: equal states have equal names, whatever the order of their members. For
 * noticing that something has moved on since it was read, not for secrecy.
 */
export function contentHash(node: AdfDocument | AdfNode): string {
  guardJson(node)
  return fingerprint(canonicalJson(node))
}

/** An address in parts: the positions from the document down. */
export function parseAddress(address: string): readonly number[] {
  if (!/^\d{1,6}(?:\.\d{1,6}){0,200}$/.test(address)) {
    throw new AdfError(
      'not_found',
      'This is no address: give positions parted by dots, such as 3 or 3.0.2, as outline gives them.',
    )
  }
  return address.split('.').map(Number)
}

/** The node at an address such as `3.0.2`: the third child of the first child of the fourth block. */
export function nodeAt(document: AdfDocument | AdfNode, address: string): AdfNode {
  let node: AdfDocument | AdfNode = document
  for (const position of parseAddress(address)) {
    const child: AdfNode | undefined = node.content?.[position]
    if (!child)
      throw new AdfError('not_found', `The document has nothing at ${address}: read its outline again.`)
    node = child
  }
  return node
}

/** The address of a child. */
export function addressOf(parent: string, position: number): string {
  return parent === '' ? String(position) : `${parent}.${position}`
}
