import {
  createDatabase,
  createFolder,
  createSmartLink,
  createWhiteboard,
  deleteDatabase,
  deleteFolder,
  deleteSmartLink,
  deleteWhiteboard,
  getDatabaseById,
  getFolderById,
  getSmartLinkById,
  getWhiteboardById,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { blank } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asId, asText } from '../http/value.ts'
import type { ContentType } from '../world/confluence-model.ts'
import { contentOf, mayAround, spaceOf, subjectId } from './find.ts'
import { includesOf } from './includes.ts'
import { readParent, readTitle } from './inputs.ts'
import { kinds } from './kinds.ts'
import { addContent, makePrivate } from './lifecycle.ts'
import { operationsOn } from './operations.ts'
import { bodyOf, refuseInput, refuseUnpermitted } from './refuse.ts'
import { childrenOf, childView } from './tree.ts'
import { treeItemView } from './view.ts'

/** What stands in the tree beside pages. */
type TreeType = Extract<ContentType, 'folder' | 'whiteboard' | 'database' | 'embed'>

interface CreateInput {
  readonly query?: { readonly private?: boolean }
}

interface GetInput {
  readonly query?: {
    readonly 'include-collaborators'?: unknown
    readonly 'include-direct-children'?: unknown
    readonly 'include-operations'?: unknown
    readonly 'include-properties'?: unknown
  }
}

interface TreeItemFamily {
  readonly type: TreeType
  readonly create: Operation<CreateInput, unknown>
  readonly get: Operation<GetInput, unknown>
  readonly remove: Operation<unknown, unknown>
}

const families: readonly TreeItemFamily[] = [
  { type: 'folder', create: createFolder, get: getFolderById, remove: deleteFolder },
  { type: 'whiteboard', create: createWhiteboard, get: getWhiteboardById, remove: deleteWhiteboard },
  { type: 'database', create: createDatabase, get: getDatabaseById, remove: deleteDatabase },
  { type: 'embed', create: createSmartLink, get: getSmartLinkById, remove: deleteSmartLink },
]

/** Titles of folders differ within a space like those of pages (reported); the others may have any, or none. */
function readItemTitle(call: Call, given: unknown, place: Parameters<typeof readTitle>[2]): string {
  if (place.type === 'folder') return readTitle(call, given, place)
  return asText(given)?.trim() || `Untitled ${kinds[place.type].title.toLowerCase()}`
}

/** The address an embed shows; one without is filled in later (documented as optional). */
function readAddress(given: unknown): string {
  const address = asText(given) ?? ''
  if (address !== '' && !URL.canParse(address)) return refuseInput('The embedUrl is not an address')
  return address
}

/** Without a parent an item stands at the top of its space (inferred). */
function create(call: Call, type: TreeType): Reply {
  const body = bodyOf(call)
  const space = spaceOf(call, asId(body['spaceId']))
  if (!mayAround(call, { spaceId: space.id }, { key: 'create', target: 'page' })) {
    return refuseUnpermitted(`You do not have permission to create a ${kinds[type].title} in this space`)
  }
  const title = readItemTitle(call, body['title'], { type, space })
  const parentId = readParent(call, body['parentId'], space)?.id ?? null
  const item = addContent(call, {
    type,
    space,
    parentId,
    status: 'current',
    title,
    body: blank,
    ...(type === 'embed' && { embedUrl: readAddress(body['embedUrl']) }),
  })
  if (call.query.flag('private')) makePrivate(call, item)
  return ok(treeItemView(call, item))
}

function single(call: Call, type: TreeType): Reply {
  const item = contentOf(call, subjectId(call), { type })
  return ok({
    ...treeItemView(call, item),
    ...includesOf(call, {
      id: item.id,
      path: `/${kinds[type].path}/${item.id}`,
      versions: item.versions,
      operations: () => operationsOn(call, item),
      children: () => childrenOf(call, item).map((child) => childView(child, true)),
    }),
  })
}

/** Into the trash. What stands below stays where it is, as below a page (inferred). */
function remove(call: Call, type: TreeType): Reply {
  const item = contentOf(call, subjectId(call), { type })
  if (!mayAround(call, item, { key: 'delete', target: 'page' })) {
    return refuseUnpermitted(`You do not have permission to delete this ${kinds[type].title}`)
  }
  item.status = 'trashed'
  return empty()
}

export const treeItemHandlers: readonly Served[] = families.flatMap(({ type, ...operations }) => [
  serve(operations.create, ['private'], (call) => create(call, type)),
  serve(
    operations.get,
    ['include-collaborators', 'include-direct-children', 'include-operations', 'include-properties'],
    (call) => single(call, type),
  ),
  serve(operations.remove, [], (call) => remove(call, type)),
])
