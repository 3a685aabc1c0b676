import { archivePages, copyPage, copyPageHierarchy, deletePageTree, movePage } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Content, LongTask, Space } from '../world/confluence-model.ts'
import { contentBelow } from '../world/indexes.ts'
import { ancestorsOf, mayInSpace } from '../world/permissions.ts'
import { type CopyChoices, copyContent, readChoices } from './copying.ts'
import { mayAround, sees } from './find.ts'
import { isTaken } from './inputs.ts'
import { kinds } from './kinds.ts'
import { positionBelow, trashContent } from './lifecycle.ts'
import { startTask } from './long-tasks.ts'
import { descendantsOf, everythingBelow } from './tree.ts'
import {
  bodyOfV1,
  readTitleV1,
  contentV1,
  refuseInputV1,
  refuseMissingV1,
  refuseRightV1,
  spaceV1,
  writableV1,
} from './v1-answers.ts'
import { contentView } from './v1-content.ts'
import { titleOf } from './view.ts'

/** Work that was handed in: 202, with where to look after it (documented). */
function started({ links }: Call, { id }: LongTask): Reply {
  return json(202, {
    ari: `ari:cloud:confluence::longtask/${id}`,
    id,
    links: { status: `/rest/api/longtask/${id}` },
    _links: { base: `${links.site}/wiki` },
  })
}

const mostArchived = 300

/** Pages alone, without what is below them, which moves up (documented: ids of pages that are current). */
function archive(call: Call): Reply {
  const given = asList(bodyOfV1(call)['pages']) ?? refuseInputV1('pages is missing')
  if (given.length === 0 || given.length > mostArchived) {
    return refuseInputV1(`Between 1 and ${mostArchived} pages can be archived at once`)
  }
  const pages = given.map((one) => {
    const id = asId(asObject(one)?.['id'])
    const page = call.site.confluence.contents.get(id ?? '')
    if (page?.type !== 'page' || page.status !== 'current') {
      return refuseInputV1(`There is no current page with the id ${id ?? ''}`)
    }
    contentV1(call, id)
    const allowed = mayAround(call, page, { key: 'archive', target: 'page' })
    return allowed ? page : refuseInputV1('You do not have permission to archive this page')
  })
  for (const page of pages) {
    trashContent(call.site, page)
    page.status = 'archived'
  }
  return started(call, startTask(call, { name: 'archive.pages' }))
}

/** A page and all pages below it, into the trash. */
function removeTree(call: Call): Reply {
  const top = contentV1(call, call.path['id'])
  if (top.type !== 'page' || top.status !== 'current') return refuseInputV1('Only current pages have a tree')
  const below = everythingBelow(call.site, top).filter(
    ({ type, status }) => kinds[type].inTree && status === 'current',
  )
  if (!mayAround(call, top, { key: 'delete', target: 'page' })) {
    return refuseRightV1('You do not have permission to delete these pages')
  }
  if (!below.every((content) => sees(call, content))) {
    return refuseMissingV1('You do not have permission to delete all of these pages')
  }
  for (const content of [top, ...below]) content.status = 'trashed'
  return started(call, startTask(call, { name: 'delete.page.tree' }))
}

/** What stands at the top of the space of a page. */
function topOf({ site }: Call, { spaceId }: Content): readonly Content[] {
  return [...site.confluence.contents.values()].filter(
    (content) => content.parentId === null && content.spaceId === spaceId,
  )
}

/** The new parent and place of a page that goes before, after or below another. */
function placeAt(
  call: Call,
  page: Content,
  target: Content,
): { readonly parentId: string | null; readonly position: number } {
  const where = call.path['position']
  if (where === 'append') return { parentId: target.id, position: positionBelow(call.site, target.id) }
  if (where !== 'before' && where !== 'after') {
    return refuseInputV1('The position is one of before, after and append')
  }
  const { parentId } = target
  const siblings = (parentId === null ? topOf(call, target) : contentBelow(call.site, parentId))
    .filter((sibling) => sibling !== page && kinds[sibling.type].inTree)
    .toSorted((one, other) => one.position - other.position || Number(one.id) - Number(other.id))
  const at = siblings.indexOf(target) + (where === 'before' ? 0 : 1)
  for (const [index, sibling] of siblings.entries()) sibling.position = (index < at ? index : index + 1) * 100
  return { parentId, position: at * 100 }
}

function move(call: Call): Reply {
  const page = writableV1(call, call.path['pageId'])
  const target = contentV1(call, call.path['targetId'], ['current'])
  if ([target, ...ancestorsOf(call.site, target)].includes(page)) {
    return refuseInputV1('A page cannot be moved below itself')
  }
  const space = call.site.confluence.spaces.get(target.spaceId)
  if (!space || !mayAround(call, target, { key: 'create', target: 'page' })) {
    return refuseRightV1('You do not have permission to put pages there')
  }
  if (space.id !== page.spaceId) {
    const moved = [page, ...everythingBelow(call.site, page)]
    const taken = moved.find(
      (one) => one.status === 'current' && isTaken(call, titleOf(one), { type: one.type, space, self: one }),
    )
    if (taken) return refuseInputV1(`A page with the title ${titleOf(taken)} already exists in that space`)
    for (const one of moved) one.spaceId = space.id
  }
  Object.assign(page, placeAt(call, page, target))
  return ok({ pageId: page.id })
}

/** Where a copy goes, and what it takes the place of. */
interface Destination {
  readonly space: Space
  readonly parentId: string | null
  readonly replaces?: Content
}

function spaceOfContent(call: Call, { spaceId }: Content): Space {
  return call.site.confluence.spaces.get(spaceId) ?? refuseMissingV1('The space is gone')
}

function destinationOf(call: Call, body: JsonObject): Destination {
  const given = asObject(body['destination'])
  const value = asId(given?.['value'])
  if (value === undefined) return refuseInputV1('The destination is missing')
  switch (given?.['type']) {
    case 'space':
      return { space: spaceV1(call, value), parentId: null }
    case 'parent_page':
    case 'parent_content': {
      const parent = contentV1(call, value, ['current'])
      return { space: spaceOfContent(call, parent), parentId: parent.id }
    }
    case 'existing_page': {
      const replaces = writableV1(call, value)
      return { space: spaceOfContent(call, replaces), parentId: replaces.parentId, replaces }
    }
    default:
      return refuseInputV1('The type of the destination is not known')
  }
}

function checkCreate(call: Call, space: Space): void {
  if (!mayInSpace(call.caller, call.site, { space, key: 'create', target: 'page' })) {
    refuseRightV1('You do not have permission to create pages there')
  }
}

function copyOne(call: Call): Reply {
  const source = contentV1(call, call.path['id'])
  if (source.type !== 'page') return refuseMissingV1(`No page found with id: ${source.id}`)
  const body = bodyOfV1(call)
  const { space, parentId, replaces } = destinationOf(call, body)
  checkCreate(call, space)
  const title = body['pageTitle'] === undefined ? titleOf(source) : readTitleV1(body['pageTitle'])
  const place = { type: 'page', space, ...(replaces && { self: replaces }) } as const
  if (title === '' || isTaken(call, title, place)) {
    return refuseInputV1(`A page with the title ${title} already exists in that space`)
  }
  const made = copyContent(call, source, {
    ...readChoices(body),
    space,
    parentId,
    title,
    ...(replaces && { replaces }),
  })
  const expand = new Set(['space', 'history', 'version', ...call.query.list('expand')])
  return ok(contentView(call, made, expand))
}

/** Copies each page below the copy of the one that it stood below. */
function copyBelow(
  call: Call,
  top: Content,
  choices: CopyChoices & {
    readonly space: Space
    readonly parentId: string
    readonly name: (title: string) => string
  },
): readonly Content[] {
  const copies = new Map<string, Content>()
  const below = descendantsOf(call, top).filter(({ content }) => content.type === 'page')
  for (const source of [top, ...below.map(({ content }) => content)]) {
    const parentId = copies.get(source.parentId ?? '')?.id ?? choices.parentId
    const title = choices.name(titleOf(source))
    copies.set(source.id, copyContent(call, source, { ...choices, parentId, title }))
  }
  return [...copies.values()]
}

function copyTree(call: Call): Reply {
  const top = contentV1(call, call.path['id'])
  const body = bodyOfV1(call)
  const destination = contentV1(call, asId(body['destinationPageId']), ['current'])
  const space = spaceOfContent(call, destination)
  checkCreate(call, space)
  const options = asObject(body['titleOptions'])
  const [prefix, search, replace] = ['prefix', 'search', 'replace'].map(
    (name) => asText(options?.[name]) ?? '',
  )
  const name = (title: string): string =>
    `${prefix ?? ''}${search ? title.replaceAll(search, replace ?? '') : title}`
  const sources = [top, ...descendantsOf(call, top).map(({ content }) => content)]
  const taken = sources.find((one) => isTaken(call, name(titleOf(one)), { type: 'page', space }))
  if (taken) {
    return refuseInputV1(`A page with the title ${name(titleOf(taken))} already exists in that space`)
  }
  const copies = copyBelow(call, top, { ...readChoices(body), space, parentId: destination.id, name })
  const [first] = copies
  return started(
    call,
    startTask(call, {
      name: 'copy.page.hierarchy',
      details: { destinationId: first?.id ?? '', totalPageNeedToCopy: copies.length },
    }),
  )
}

export const movingHandlers: readonly Served[] = [
  serve(archivePages, [], archive),
  serve(deletePageTree, [], removeTree),
  serve(movePage, [], move),
  serve(copyPage, ['expand'], copyOne),
  serve(copyPageHierarchy, [], copyTree),
]
