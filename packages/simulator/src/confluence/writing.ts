import {
  createBlogPost,
  createPage,
  deleteBlogPost,
  deletePage,
  updateBlogPost,
  updatePage,
  updatePageTitle,
} from '@telamon/confluence/operations'

import { blank } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Content, Space } from '../world/confluence-model.ts'
import { ancestorsOf, mayInSpace, mayUpdate } from '../world/permissions.ts'
import { contentOf, mayAround, spaceOf } from './find.ts'
import { readContent, readDraftTitle, readParent, readTitle, readVersion } from './inputs.ts'
import {
  addContent,
  addVersion,
  makePrivate,
  purgeContent,
  restoreContent,
  settleBody,
  trashContent,
} from './lifecycle.ts'
import { bodyOf, refuseInput, refuseMissing, refuseRight } from './refuse.ts'
import { contentView, newest } from './view.ts'

/** What is written in the same way. */
type Written = 'page' | 'blogpost'

/** Without a parent a page goes below the home page of its space (recorded, F-CF-09). */
function parentOf(
  call: Call,
  given: unknown,
  { type, space }: { readonly type: Written; readonly space: Space },
): string | null {
  if (type === 'blogpost') return null
  const atRoot = call.query.flag('root-level')
  const parent = readParent(call, given, space)
  if (parent && atRoot) return refuseInput('A page at the root level cannot have a parentId')
  if (parent) return parent.id
  return atRoot ? null : space.homepageId
}

function readSubtype(given: unknown): { readonly subtype?: 'live' } {
  if (given === undefined || given === null) return {}
  return given === 'live' ? { subtype: given } : refuseInput('The only subtype is live')
}

function create(call: Call, type: Written): Reply {
  const body = bodyOf(call)
  const space = spaceOf(call, asId(body['spaceId']))
  if (!mayInSpace(call.caller, call.site, { space, key: 'create', target: type })) {
    return refuseRight(`You do not have permission to create a ${type} in this space`)
  }
  const status = body['status'] === 'draft' ? 'draft' : 'current'
  const title =
    status === 'draft' ? readDraftTitle(body['title']) : readTitle(call, body['title'], { type, space })
  const content = readContent(body['body'], blank)
  const parentId = parentOf(call, body['parentId'], { type, space })
  const subtype = type === 'page' ? readSubtype(body['subtype']) : {}
  const made = addContent(call, { type, space, parentId, status, title, body: content, ...subtype })
  if (call.query.flag('private')) makePrivate(call, made)
  return ok(contentView(call, made, { format: content.representation, single: true }))
}

/** Content that the caller may change, with its space. */
function writable(
  call: Call,
  type: Written,
  statuses: readonly string[] = ['current', 'archived', 'draft'],
): { readonly content: Content; readonly space: Space } {
  const content = contentOf(call, call.path['id'], { type, statuses })
  if (!mayUpdate(call.caller, call.site, content)) {
    refuseRight(`You do not have permission to edit this ${type}`)
  }
  return { content, space: spaceOf(call, content.spaceId) }
}

/** Keeps changes to themselves until they are published; drafts have the version number 1 (documented). */
function saveDraft(call: Call, content: Content, body: JsonObject): Reply {
  const version = asObject(body['version'])
  if (asInteger(version?.['number']) !== 1) {
    return confluenceV2Error(409, 'The version number of a draft has to be 1')
  }
  const written = readContent(body['body'], (content.draft ?? newest(content)).body)
  const draft = {
    number: 1,
    message: asText(version?.['message']) ?? '',
    minorEdit: false,
    authorId: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
    title: readDraftTitle(body['title']),
    body: written,
  }
  if (content.status === 'draft') {
    content.versions.splice(0, content.versions.length, draft)
    settleBody(call, content)
    return ok(contentView(call, content, { format: written.representation, single: true }))
  }
  content.draft = draft
  return ok(
    contentView(call, content, {
      format: written.representation,
      single: true,
      version: draft,
      draft: true,
    }),
  )
}

/** A draft becomes a page with the number that it is sent: 1, or the next one (documented; 1 is reported). */
function readPublishedNumber(content: Content, body: JsonObject): number {
  const given = asInteger(asObject(body['version'])?.['number'])
  const { number } = newest(content)
  if (given === undefined) return refuseInput('The version number is missing')
  if (given === number || given === number + 1) return given
  return refuse(
    confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`),
  )
}

/** The parent that a page is to have, if it is to have another one. */
function newParent(
  call: Call,
  { content, space }: ReturnType<typeof writable>,
  given: unknown,
): string | null {
  const parent = content.type === 'page' ? readParent(call, given, space) : undefined
  if (parent && [parent, ...ancestorsOf(call.site, parent)].includes(content)) {
    return refuseInput('A page cannot be moved below itself')
  }
  return parent?.id ?? content.parentId
}

function newOwner(call: Call, content: Content, given: unknown): string {
  const ownerId = asText(given) ?? content.ownerId
  return call.site.members.has(ownerId) ? ownerId : refuseInput('The ownerId is nobody of this site')
}

function publish(call: Call, { content, space }: ReturnType<typeof writable>, body: JsonObject): Reply {
  const { type } = content
  const isDraft = content.status === 'draft'
  const message = isDraft
    ? (asText(asObject(body['version'])?.['message']) ?? '')
    : readVersion(content, body)
  const number = isDraft ? readPublishedNumber(content, body) : newest(content).number + 1
  const title = readTitle(call, body['title'], { type, space, self: content })
  const written = readContent(body['body'], newest(content).body)
  const [parentId, ownerId] = [
    newParent(call, { content, space }, body['parentId']),
    newOwner(call, content, body['ownerId']),
  ]
  content.parentId = parentId
  if (ownerId !== content.ownerId) Object.assign(content, { lastOwnerId: content.ownerId, ownerId })
  if (isDraft) content.versions.splice(0)
  addVersion(call, content, { title, body: written, message, number })
  content.status = 'current'
  delete content.draft
  return ok(contentView(call, content, { format: written.representation, single: true }))
}

function update(call: Call, type: Written): Reply {
  const found = writable(call, type, ['current', 'archived', 'draft', 'trashed'])
  const { content } = found
  const body = bodyOf(call)
  const { status } = body
  if (asId(body['id']) !== content.id) return refuseInput('The id in the body does not match the address')
  if (status !== 'current' && status !== 'draft') return refuseInput('The status is missing')
  const spaceId = asId(body['spaceId'])
  if (spaceId !== undefined && spaceId !== content.spaceId) {
    return refuseInput('A page cannot be moved to another space by an update')
  }
  if (content.status === 'trashed') return restore(call, content, status)
  return status === 'draft' ? saveDraft(call, content, body) : publish(call, found, body)
}

/** Out of the trash: nothing but the status changes (documented). */
function restore(call: Call, content: Content, status: 'current' | 'draft'): Reply {
  if (status === 'draft') return refuseInput('Content in the trash cannot be made a draft')
  restoreContent(call.site, content)
  return ok(contentView(call, content, { single: true }))
}

/**
 * Puts content into the trash; `purge` takes it out of the world, and only from there. Drafts are discarded with
 * `draft`, and for good (documented).
 */
function trash(call: Call, type: Written): Reply {
  const statuses = ['current', 'archived', 'draft', 'trashed']
  const content = contentOf(call, call.path['id'], { type, statuses })
  if (call.query.flag('draft')) return discardDraft(call, content)
  if (!mayAround(call, content, { key: 'delete', target: type })) {
    return refuseRight(`You do not have permission to delete this ${type}`)
  }
  if (call.query.flag('purge')) {
    if (content.status !== 'trashed') return refuseInput('Only content in the trash can be purged')
    if (!mayAround(call, content, { key: 'administer', target: 'space' })) {
      return refuseRight('Purging takes the permission to administer the space')
    }
    purgeContent(call.site, content)
  } else if (content.status === 'trashed' || content.status === 'draft') {
    refuseMissing('Content', content.id)
  } else {
    trashContent(call.site, content)
  }
  return empty()
}

function discardDraft(call: Call, content: Content): Reply {
  if (content.status === 'draft') purgeContent(call.site, content)
  else if (content.draft && mayUpdate(call.caller, call.site, content)) delete content.draft
  else refuseMissing('Draft', content.id)
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
