import {
  createBlogPost,
  createPage,
  deleteBlogPost,
  deletePage,
  updateBlogPost,
  updatePage,
  updatePageTitle,
} from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asId, asText } from '../http/value.ts'
import type { Body, Content, Space } from '../world/confluence-model.ts'
import { ancestorsOf, mayInSpace, mayUpdate } from '../world/permissions.ts'
import { contentOf, spaceOf } from './find.ts'
import { readContent, readParent, readTitle, readVersion } from './inputs.ts'
import { addContent } from './lifecycle.ts'
import { bodyOf, refuseInput, refuseMissing, refuseRight } from './refuse.ts'
import { contentView, newest } from './view.ts'

/** What is written in the same way. */
type Written = 'page' | 'blogpost'

const blank: Body = { representation: 'storage', value: '' }

/** Without a parent a page goes below the home page of its space (recorded, F-CF-09). */
function parentOf(
  call: Call,
  given: unknown,
  { type, space }: { readonly type: Written; readonly space: Space },
): string | null {
  if (type === 'blogpost') return null
  const parent = readParent(call, given, space)
  if (parent) return parent.id
  return call.query.flag('root-level') ? null : space.homepageId
}

function create(call: Call, type: Written): Reply {
  const body = bodyOf(call)
  const space = spaceOf(call, asId(body['spaceId']))
  if (!mayInSpace(call.caller, call.site, { space, key: 'create', target: type })) {
    return refuseRight(`You do not have permission to create a ${type} in this space`)
  }
  const title = readTitle(call, body['title'], { type, space })
  const content = readContent(body['body'], blank)
  const parentId = parentOf(call, body['parentId'], { type, space })
  const status = body['status'] === 'draft' ? 'draft' : 'current'
  const made = addContent(call, { type, space, parentId, status, title, body: content })
  const accountId = call.caller.person?.accountId
  if (call.query.flag('private') && accountId !== undefined) {
    made.read.people.add(accountId)
    made.update.people.add(accountId)
  }
  return ok(contentView(call, made, { format: content.representation, single: true }))
}

/** Content that the caller may change, with its space. */
function writable(call: Call, type: Written): { readonly content: Content; readonly space: Space } {
  const content = contentOf(call, call.path['id'], { type, statuses: ['current', 'archived', 'draft'] })
  if (!mayUpdate(call.caller, call.site, content)) {
    refuseRight(`You do not have permission to edit this ${type}`)
  }
  return { content, space: spaceOf(call, content.spaceId) }
}

function addVersion(
  call: Call,
  content: Content,
  changed: { readonly title: string; readonly body: Body; readonly message: string },
): void {
  content.versions.push({
    number: newest(content).number + 1,
    minorEdit: false,
    authorId: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
    ...changed,
  })
}

function update(call: Call, type: Written): Reply {
  const { content, space } = writable(call, type)
  const body = bodyOf(call)
  const { status } = body
  if (asId(body['id']) !== content.id) return refuseInput('The id in the body does not match the address')
  if (status !== 'current' && status !== 'draft') return refuseInput('The status is missing')
  const message = readVersion(content, body)
  const title = readTitle(call, body['title'], { type, space, self: content })
  const written = readContent(body['body'], newest(content).body)
  const parent = type === 'page' ? readParent(call, body['parentId'], space) : undefined
  if (parent && [parent, ...ancestorsOf(call.site, parent)].includes(content)) {
    return refuseInput('A page cannot be moved below itself')
  }
  if (parent) content.parentId = parent.id
  const ownerId = asText(body['ownerId'])
  if (ownerId !== undefined && call.site.members.has(ownerId)) content.ownerId = ownerId
  addVersion(call, content, { title, body: written, message })
  content.status = status
  return ok(contentView(call, content, { format: written.representation, single: true }))
}

/** Puts content into the trash; `purge` takes it out of the world, and only from there (documented). */
function trash(call: Call, type: Written): Reply {
  const statuses = ['current', 'archived', 'draft', 'trashed']
  const content = contentOf(call, call.path['id'], { type, statuses })
  const space = spaceOf(call, content.spaceId)
  if (!mayInSpace(call.caller, call.site, { space, key: 'delete', target: type })) {
    return refuseRight(`You do not have permission to delete this ${type}`)
  }
  if (call.query.flag('purge')) {
    if (content.status !== 'trashed') return refuseInput('Only content in the trash can be purged')
    call.site.confluence.contents.delete(content.id)
  } else if (content.status === 'trashed') {
    refuseMissing('Content', content.id)
  } else {
    content.status = 'trashed'
  }
  return empty()
}

export const writeHandlers: readonly Served[] = [
  serve(createPage, ['embedded', 'private', 'root-level'], (call) => create(call, 'page')),
  serve(updatePage, [], (call) => update(call, 'page')),
  serve(deletePage, ['purge', 'draft'], (call) => trash(call, 'page')),
  serve(createBlogPost, ['private'], (call) => create(call, 'blogpost')),
  serve(updateBlogPost, [], (call) => update(call, 'blogpost')),
  serve(deleteBlogPost, ['purge', 'draft'], (call) => trash(call, 'blogpost')),
  serve(updatePageTitle, [], (call) => {
    const { content, space } = writable(call, 'page')
    const body = bodyOf(call)
    const title = readTitle(call, body['title'], { type: 'page', space, self: content })
    addVersion(call, content, { title, body: newest(content).body, message: '' })
    return ok(contentView(call, content, { single: true }))
  }),
]
