import {
  getChildPages,
  getFolderById,
  getFolderDirectChildren,
  getPageAncestors,
  getPageDescendants,
  getPageDirectChildren,
} from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Content } from '../world/confluence-model.ts'
import { ancestorsOf } from '../world/permissions.ts'
import { contentOf, sees } from './find.ts'
import { listReply } from './list.ts'
import { folderView, titleOf } from './view.ts'

/** What stands directly below, in the order people gave it, without what the caller may not see. */
function childrenOf(call: Call, parent: Content): readonly Content[] {
  return [...call.site.confluence.contents.values()]
    .filter(({ parentId, status }) => parentId === parent.id && status === 'current')
    .filter((child) => sees(call, child))
    .toSorted((one, other) => one.position - other.position || Number(one.id) - Number(other.id))
}

/** A child (documented). */
function childView(child: Content, withType: boolean): Record<string, unknown> {
  const { id, status, type, spaceId, position } = child
  return { id, status, title: titleOf(child), ...(withType && { type }), spaceId, childPosition: position }
}

interface Descendant {
  readonly content: Content
  readonly depth: number
}

function descendantsOf(
  call: Call,
  parent: Content,
  { depth, most }: { readonly depth: number; readonly most: number },
): readonly Descendant[] {
  if (depth > most) return []
  const found: Descendant[] = []
  for (const content of childrenOf(call, parent)) {
    found.push({ content, depth }, ...descendantsOf(call, content, { depth: depth + 1, most }))
  }
  return found
}

function descendants(call: Call): Reply {
  const page = contentOf(call, call.path['id'], { type: 'page' })
  const most = Math.max(1, Math.min(5, call.query.integer('depth', 2)))
  return listReply(call, descendantsOf(call, page, { depth: 1, most }), ({ content, depth }) => {
    const { id, status, type, parentId, position } = content
    return { id, status, title: titleOf(content), type, parentId, depth, childPosition: position }
  })
}

export const treeHandlers: readonly Served[] = [
  serve(getChildPages, ['cursor', 'limit'], (call) => {
    const children = childrenOf(call, contentOf(call, call.path['id'], { type: 'page' }))
    return listReply(
      call,
      children.filter(({ type }) => type === 'page'),
      (child) => childView(child, false),
    )
  }),
  serve(getPageDirectChildren, ['cursor', 'limit'], (call) =>
    listReply(call, childrenOf(call, contentOf(call, call.path['id'], { type: 'page' })), (child) =>
      childView(child, true),
    ),
  ),
  serve(getFolderDirectChildren, ['cursor', 'limit'], (call) =>
    listReply(call, childrenOf(call, contentOf(call, call.path['id'], { type: 'folder' })), (child) =>
      childView(child, true),
    ),
  ),
  serve(getPageAncestors, ['limit'], (call) => {
    const page = contentOf(call, call.path['id'], { type: 'page' })
    return listReply(call, ancestorsOf(call.site, page).toReversed(), ({ id, type }) => ({ id, type }))
  }),
  serve(getPageDescendants, ['limit', 'depth', 'cursor'], descendants),
  serve(getFolderById, [], (call) =>
    ok(folderView(call, contentOf(call, call.path['id'], { type: 'folder' }))),
  ),
]
