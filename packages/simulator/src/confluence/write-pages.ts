import { createPage, updatePage, updatePageTitle } from '@telamon/confluence/operations'

import { readBody } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Body, Content, Space } from '../world/confluence-model.ts'
import { ancestorsOf, mayInSpace, mayUpdate } from '../world/permissions.ts'
import { contentOf, sees, spaceOf } from './find.ts'
import { addContent } from './lifecycle.ts'
import { bodyOf, refuseInput, refuseRight } from './refuse.ts'
import { contentView, newest, titleOf } from './view.ts'

const longestTitle = 255

/** A title that may be used in this space; pages of a space have different titles (documented). */
function readTitle(
  { site }: Call,
  given: unknown,
  { space, self }: { readonly space: Space; readonly self?: Content },
): string {
  const title = asText(given)?.trim()
  if (title === undefined || title === '') return refuseInput('The title is missing')
  if (title.length > longestTitle)
    return refuseInput(`Title cannot be longer than ${longestTitle} characters.`)
  const taken = [...site.confluence.contents.values()].some(
    (other) =>
      other !== self &&
      other.type === 'page' &&
      other.spaceId === space.id &&
      other.status === 'current' &&
      titleOf(other).toLowerCase() === title.toLowerCase(),
  )
  if (!taken) return title
  return refuseInput(
    'A page with this title already exists: A page already exists with the same TITLE in this space',
  )
}

function readContent(given: unknown): Body {
  const body = readBody(given)
  return typeof body === 'string' ? refuseInput(body) : body
}

/** A parent in the same space that the caller sees. */
function readParent(call: Call, given: unknown, space: Space): Content {
  const parent = call.site.confluence.contents.get(asId(given) ?? '')
  if (parent && parent.type !== 'blogpost' && parent.spaceId === space.id && sees(call, parent)) return parent
  return refuse(confluenceV2Error(404, `Parent with id ${asId(given) ?? ''} was not found in this space`))
}

/** Without a parent a page goes below the home page of its space (recorded, F-CF-09). */
function create(call: Call): Reply {
  const body = bodyOf(call)
  const space = spaceOf(call, asId(body['spaceId']))
  if (!mayInSpace(call.caller, call.site, { space, key: 'create', target: 'page' })) {
    return refuseRight('You do not have permission to create pages in this space')
  }
  const status = body['status'] === 'draft' ? 'draft' : 'current'
  const title = readTitle(call, body['title'], { space })
  const content: Body =
    body['body'] === undefined ? { representation: 'storage', value: '' } : readContent(body['body'])
  const given = body['parentId']
  const parentId =
    given === undefined || given === null
      ? call.query.flag('root-level')
        ? null
        : space.homepageId
      : readParent(call, given, space).id
  const page = addContent(call, { type: 'page', space, parentId, status, title, body: content })
  const accountId = call.caller.person?.accountId
  if (call.query.flag('private') && accountId !== undefined) {
    page.read.people.add(accountId)
    page.update.people.add(accountId)
  }
  return ok(contentView(call, page, { format: content.representation, single: true }))
}

/** The next version's number has to follow the last one's; anything else is a conflict (reported, F-P-10). */
function checkVersion(page: Content, body: JsonObject): void {
  const given = asInteger(asObject(body['version'])?.['number'])
  const { number } = newest(page)
  if (given === undefined) refuseInput('The version number is missing')
  if (given !== number + 1) {
    refuse(confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`))
  }
}

function writable(call: Call): { readonly page: Content; readonly space: Space } {
  const page = contentOf(call, call.path['id'], { type: 'page', statuses: ['current', 'archived', 'draft'] })
  if (!mayUpdate(call.caller, call.site, page)) refuseRight('You do not have permission to edit this page')
  return { page, space: spaceOf(call, page.spaceId) }
}

function addVersion(
  call: Call,
  page: Content,
  changed: { readonly title: string; readonly body: Body; readonly message: string },
): void {
  page.versions.push({
    number: newest(page).number + 1,
    minorEdit: false,
    authorId: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
    ...changed,
  })
}

function update(call: Call): Reply {
  const { page, space } = writable(call)
  const body = bodyOf(call)
  if (asId(body['id']) !== page.id) return refuseInput('The id in the body does not match the id of the page')
  if (body['status'] !== 'current' && body['status'] !== 'draft') return refuseInput('The status is missing')
  checkVersion(page, body)
  const title = readTitle(call, body['title'], { space, self: page })
  const content = body['body'] === undefined ? newest(page).body : readContent(body['body'])
  const parent =
    body['parentId'] === undefined || body['parentId'] === null
      ? undefined
      : readParent(call, body['parentId'], space)
  if (parent && [parent, ...ancestorsOf(call.site, parent)].includes(page)) {
    return refuseInput('A page cannot be moved below itself')
  }
  if (parent) page.parentId = parent.id
  const ownerId = asText(body['ownerId'])
  if (ownerId !== undefined && call.site.members.has(ownerId)) page.ownerId = ownerId
  const message = asText(asObject(body['version'])?.['message']) ?? ''
  addVersion(call, page, { title, body: content, message })
  page.status = body['status']
  return ok(contentView(call, page, { format: content.representation, single: true }))
}

export const pageWriteHandlers: readonly Served[] = [
  serve(createPage, ['embedded', 'private', 'root-level'], create),
  serve(updatePage, [], update),
  serve(updatePageTitle, [], (call) => {
    const { page, space } = writable(call)
    const body = bodyOf(call)
    const title = readTitle(call, body['title'], { space, self: page })
    addVersion(call, page, { title, body: newest(page).body, message: '' })
    return ok(contentView(call, page, { single: true }))
  }),
]
