import { getContentDescendants, getDescendantsOfType } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Content } from '../world/confluence-model.ts'
import { attachmentsOn } from './find.ts'
import { descendantsOf } from './tree.ts'
import { contentV1, listReplyV1, refuseInputV1 } from './v1-answers.ts'
import { attachmentView, commentsOn, commentView, contentView, innerList } from './v1-content.ts'

/** What can stand below content (documented). */
const types = ['page', 'whiteboard', 'database', 'embed', 'folder', 'comment', 'attachment'] as const
type Type = (typeof types)[number]

/** Makes views of everything of one type below content, at any depth. */
function below(
  call: Call,
  top: Content,
  {
    type,
    most,
    expand,
  }: { readonly type: Type; readonly most?: number; readonly expand: ReadonlySet<string> },
): readonly (() => unknown)[] {
  if (type === 'comment') {
    return commentsOn(call, top).map((comment) => () => commentView(call, { comment, content: top }, expand))
  }
  if (type === 'attachment') {
    return attachmentsOn(call, top).map((attachment) => () => attachmentView(call, attachment))
  }
  return descendantsOf(call, top, most)
    .filter(({ content }) => content.type === type)
    .map(
      ({ content }) =>
        () =>
          contentView(call, content, expand),
    )
}

function all(call: Call): Reply {
  const top = contentV1(call, call.path['id'])
  const asked = new Set(call.query.list('expand').map((name) => name.split('.')[0]))
  const path = `content/${top.id}/descendant`
  const shown = types.filter((type) => asked.has(type))
  return ok({
    ...Object.fromEntries(
      shown.map((type) => [
        type,
        innerList(
          below(call, top, { type, expand: new Set() }).map((view) => view()),
          `${path}/${type}`,
        ),
      ]),
    ),
    _expandable: Object.fromEntries(
      types.filter((type) => !asked.has(type)).map((type) => [type, `/rest/api/${path}/${type}`]),
    ),
    _links: { base: `${call.links.site}/wiki`, self: `/rest/api/${path}` },
  })
}

/** How deep: all of it, only the first level, or a number of levels (documented). */
function readDepth({ query }: Call): number | undefined {
  const depth = query.text('depth') ?? 'all'
  if (depth === 'all') return undefined
  if (depth === 'root') return 1
  return /^\d{1,3}$/.test(depth) ? Number(depth) : refuseInputV1('The depth is all, root or a number')
}

function ofType(call: Call): Reply {
  const top = contentV1(call, call.path['id'])
  const type = types.find((one) => one === call.path['type'])
  if (!type) return refuseInputV1(`The type is one of ${types.join(', ')}`)
  const most = readDepth(call)
  const expand = new Set(call.query.list('expand'))
  const found = below(call, top, { type, expand, ...(most !== undefined && { most }) })
  return listReplyV1(call, found, { view: (view) => view() })
}

export const descendantHandlers: readonly Served[] = [
  serve(getContentDescendants, ['expand'], all),
  serve(getDescendantsOfType, ['depth', 'expand', 'start', 'limit'], ofType),
]
