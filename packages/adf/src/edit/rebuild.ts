import type { AdfDocument, AdfNode } from '../document.ts'
import { AdfError } from '../error.ts'
import type { Fitting } from '../fit/fitting.ts'
import { settle } from '../fit/settle.ts'
import type { Target } from '../targets.ts'
import { addressOf, contentHash } from './address.ts'

/** Gives the new children of a node, or undefined when they stay. */
export type Change = (children: readonly AdfNode[], address: string) => readonly AdfNode[] | undefined

/**
 * A document with other children in some places. Every node that gets others is checked to hold them: throws an `AdfError`
 * of the code `invalid` when it cannot. All other nodes are the very same.
 */
export function rebuild(document: AdfDocument, change: Change, fitting: Fitting): AdfDocument {
  const content = rebuildChildren(document.content, { address: '', type: 'doc' }, { change, fitting })
  return content === document.content ? document : { type: 'doc', version: 1, content }
}

interface Work {
  readonly change: Change
  readonly fitting: Fitting
}

interface Holder {
  readonly address: string
  readonly type: string
  readonly node?: AdfNode
}

function rebuildChildren(children: readonly AdfNode[], holder: Holder, work: Work): readonly AdfNode[] {
  let copy: AdfNode[] | undefined
  for (const [index, child] of children.entries()) {
    if (!child.content) continue
    const address = addressOf(holder.address, index)
    const inner = rebuildChildren(child.content, { address, type: child.type, node: child }, work)
    if (inner !== child.content) {
      copy ??= [...children]
      copy[index] = { ...child, content: inner }
    }
  }
  const changed = work.change(copy ?? children, holder.address)
  if (!changed) return copy ?? children
  const node: AdfNode = { ...(holder.node ?? { type: holder.type }), content: changed }
  const [settled, ...others] = settle(node, work.fitting)
  if (settled?.type !== holder.type || others.length > 0) {
    throw new AdfError(
      'invalid',
      `A ${holder.type} cannot hold what the edit puts into it at ${holder.address || 'the top'}: edit what is around it.`,
    )
  }
  return settled.content ?? []
}

/** Nodes of the original may stay where they are, known or not. */
export function createFitting(document: AdfDocument, target: Target | undefined): Fitting {
  const trusted = new WeakSet<AdfNode>()
  const stack: AdfNode[] = [...document.content]
  for (let node = stack.pop(); node; node = stack.pop()) {
    trusted.add(node)
    if (node.content) stack.push(...node.content)
  }
  let made = 0
  let seed: string | undefined
  return {
    target,
    trusted,
    newId() {
      seed ??= contentHash(document)
      made += 1
      return `${seed}-new-${made}`
    },
    warn() {
      // What does not fit is refused as a whole, so there is nothing to tell.
    },
  }
}
