import {
  getChildPages,
  getDatabaseAncestors,
  getDatabaseDescendants,
  getDatabaseDirectChildren,
  getFolderAncestors,
  getFolderDescendants,
  getFolderDirectChildren,
  getPageAncestors,
  getPageDescendants,
  getPageDirectChildren,
  getSmartLinkAncestors,
  getSmartLinkDescendants,
  getSmartLinkDirectChildren,
  getWhiteboardAncestors,
  getWhiteboardDescendants,
  getWhiteboardDirectChildren,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import type { Reply } from '../http/reply.ts'
import type { Content, ContentType } from '../world/confluence-model.ts'
import { ancestorsOf } from '../world/permissions.ts'
import { contentOf, subjectId } from './find.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { refuseInput } from './refuse.ts'
import { childrenOf, childView, descendantsOf } from './tree.ts'
import { newest, titleOf } from './view.ts'

interface ListInput {
  readonly query?: {
    readonly sort?: unknown
    readonly depth?: unknown
    readonly cursor?: string
    readonly limit?: number
  }
}

/** The tree around one kind of thing. */
interface TreeFamily {
  readonly type: ContentType
  readonly children: Operation<ListInput, unknown>
  readonly descendants: Operation<ListInput, unknown>
  readonly ancestors: Operation<{ readonly query?: { readonly limit?: number } }, unknown>
}

const families: readonly TreeFamily[] = [
  {
    type: 'page',
    children: getPageDirectChildren,
    descendants: getPageDescendants,
    ancestors: getPageAncestors,
  },
  {
    type: 'folder',
    children: getFolderDirectChildren,
    descendants: getFolderDescendants,
    ancestors: getFolderAncestors,
  },
  {
    type: 'whiteboard',
    children: getWhiteboardDirectChildren,
    descendants: getWhiteboardDescendants,
    ancestors: getWhiteboardAncestors,
  },
  {
    type: 'database',
    children: getDatabaseDirectChildren,
    descendants: getDatabaseDescendants,
    ancestors: getDatabaseAncestors,
  },
  {
    type: 'embed',
    children: getSmartLinkDirectChildren,
    descendants: getSmartLinkDescendants,
    ancestors: getSmartLinkAncestors,
  },
]

const describe = (child: Content): Sortable => ({
  id: child.id,
  title: titleOf(child),
  createdAt: child.createdAt,
  modifiedAt: newest(child).createdAt,
  position: child.position,
})

/** In the order people gave, unless another is asked for. */
function children(call: Call, parent: Content, type?: ContentType): Reply {
  const all = childrenOf(call, parent).filter((child) => type === undefined || child.type === type)
  const list = call.query.text('sort') === undefined ? all : sorted(call, all, describe)
  return listReply(call, list, (child) => childView(child, type === undefined))
}

const deepest = 10

function descendants(call: Call, parent: Content): Reply {
  const most = call.query.integer('depth', 2)
  if (most < 1 || most > deepest) return refuseInput(`Provided depth is out of the range of 1 to ${deepest}`)
  return listReply(call, descendantsOf(call, parent, most), ({ content, depth }) => {
    const { id, status, type, parentId, position } = content
    return { id, status, title: titleOf(content), type, parentId, depth, childPosition: position }
  })
}

/** From the top down; a limit keeps the nearest ones, from which one asks on (documented). */
function ancestors(call: Call, content: Content): Reply {
  const limit = call.query.integer('limit', 25)
  if (limit < 1 || limit > 250) return refuseInput('Provided limit is out of the range of 1 to 250')
  const nearest = ancestorsOf(call.site, content).slice(0, limit)
  return listReply(call, nearest.toReversed(), ({ id, type }) => ({ id, type }))
}

export const treeHandlers: readonly Served[] = [
  serve(getChildPages, ['cursor', 'limit', 'sort'], (call) =>
    children(call, contentOf(call, subjectId(call), { type: 'page' }), 'page'),
  ),
  ...families.flatMap((family) => {
    const { type } = family
    const top = (call: Call): Content => contentOf(call, subjectId(call), { type })
    return [
      serve(family.children, ['cursor', 'limit', 'sort'], (call) => children(call, top(call))),
      serve(family.descendants, ['limit', 'depth', 'cursor'], (call) => descendants(call, top(call))),
      serve(family.ancestors, ['limit'], (call) => ancestors(call, top(call))),
    ]
  }),
]
