import type { Call } from '../http/call.ts'
import type { Content } from '../world/confluence-model.ts'
import { contentBelow } from '../world/indexes.ts'
import type { Site } from '../world/model.ts'
import { sees } from './find.ts'
import { kinds } from './kinds.ts'
import { titleOf } from './view.ts'

type Asked = Pick<Call, 'site' | 'caller'>

const inOrder = (one: Content, other: Content): number =>
  one.position - other.position || Number(one.id) - Number(other.id)

const isShown = ({ type, status }: Content): boolean => kinds[type].inTree && status === 'current'

/** What stands directly below in the tree, in the order people gave it, without what the caller may not see. */
export function childrenOf(asked: Asked, parent: Content): readonly Content[] {
  return contentBelow(asked.site, parent.id)
    .filter((content) => isShown(content) && sees(asked, content))
    .toSorted(inOrder)
}

/** Something further down, and how far: 1 is directly below. */
export interface Descendant {
  readonly content: Content
  readonly depth: number
}

/** All that is below, each before what is below it, as deep as `most`. */
export function descendantsOf(
  asked: Asked,
  top: Content,
  most = Number.POSITIVE_INFINITY,
): readonly Descendant[] {
  const found: Descendant[] = []
  const waiting: Descendant[] = [{ content: top, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { content, depth } = next
    if (depth > 0) found.push(next)
    if (depth >= most) continue
    const children = childrenOf(asked, content).toReversed()
    waiting.push(...children.map((child) => ({ content: child, depth: depth + 1 })))
  }
  return found
}

/** All that is below in any state, custom content included, whoever may see it. */
export function everythingBelow(site: Site, top: Content): readonly Content[] {
  const found: Content[] = []
  const waiting = [top]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const below = contentBelow(site, next.id)
    found.push(...below)
    waiting.push(...below)
  }
  return found
}

/** A child (documented). */
export function childView(child: Content, withType: boolean): Record<string, unknown> {
  const { id, status, type, spaceId, position } = child
  return { id, status, title: titleOf(child), ...(withType && { type }), spaceId, childPosition: position }
}
