import type { Call } from '../http/call.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asText, isObject, type JsonObject } from '../http/value.ts'
import type { Content, Space } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { mayAround, sees, seesSpace } from './find.ts'
import { longestTitle } from './inputs.ts'
import { spaceByKey } from './space-creating.ts'

/** How version 1 refuses and lists. */

export function refuseInputV1(sentence: string): never {
  return refuse(confluenceV1Error(400, sentence, { valid: false }))
}

export function refuseMissingV1(sentence: string): never {
  return refuse(confluenceV1Error(404, sentence, { kind: 'NotFoundException' }))
}

export function refuseRightV1(sentence: string): never {
  return refuse(confluenceV1Error(403, sentence, { kind: 'PermissionException', authorized: false }))
}

export function refuseConflictV1(sentence: string): never {
  return refuse(confluenceV1Error(409, sentence, { kind: 'ConflictException' }))
}

/** A title of content, as long as titles may be (recorded, F-C1-02). Empty when there is none. */
export function readTitleV1(given: unknown): string {
  const title = asText(given)?.trim() ?? ''
  if (title.length <= longestTitle) return title
  return refuse(
    confluenceV1Error(400, 'Could not create content with type page', {
      valid: false,
      errors: [{ message: { key: `Title cannot be longer than ${longestTitle} characters.`, args: [] } }],
    }),
  )
}

/** The body of a call of version 1 as an object. */
export function bodyOfV1({ body }: Pick<Call, 'body'>): JsonObject {
  return body.kind === 'json' && isObject(body.value)
    ? body.value
    : refuseInputV1('The request body is missing or could not be read')
}

/** Any piece of content that the caller sees; what is hidden or in the trash is not there. */
export function contentV1(
  call: Pick<Call, 'site' | 'caller'>,
  id: string | undefined,
  statuses: readonly string[] = ['current', 'archived', 'draft'],
): Content {
  const content = call.site.confluence.contents.get(id ?? '')
  if (content && statuses.includes(content.status) && sees(call, content)) return content
  return refuseMissingV1(`No content found with id: ContentId{id=${id ?? ''}}`)
}

/** The same, if the caller may change it too. */
export function writableV1(call: Call, id: string | undefined): Content {
  const content = contentV1(call, id)
  if (mayUpdate(call.caller, call.site, content)) return content
  return refuseRightV1('You do not have permission to edit this content')
}

/** A space that the caller sees, by its key. */
export function spaceV1(call: Call, key: string | undefined): Space {
  const space = spaceByKey(call.site, key ?? '')
  return space && seesSpace(call, space) ? space : refuseMissingV1(`No space found with key : ${key ?? ''}`)
}

/** A space that the caller administers too. */
export function ownSpaceV1(call: Call, key: string | undefined): Space {
  const space = spaceV1(call, key)
  if (mayAround(call, { spaceId: space.id }, { key: 'administer', target: 'space' })) return space
  return refuseRightV1('You do not have permission to administer this space')
}

/** Whether the caller administers the site. */
export function isSiteAdmin({ site, caller }: Pick<Call, 'site' | 'caller'>): boolean {
  return site.members.get(caller.person?.accountId ?? '')?.admin === true
}

/** A page of a list of version 1, by `start` and `limit`, without a total (documented). */
export function listReplyV1<Item>(
  call: Call,
  items: readonly Item[],
  {
    view,
    limit: fallback = 25,
    more = {},
  }: {
    readonly view: (item: Item) => unknown
    readonly limit?: number
    readonly more?: Readonly<Record<string, unknown>>
  },
): Reply {
  const { query, links, pathname } = call
  const [start, limit] = [query.integer('start', 0), query.integer('limit', fallback)]
  if (start < 0 || limit < 0) return refuseInputV1('start and limit cannot be negative')
  const results = items.slice(start, start + limit).map(view)
  const path = pathname.replace(/^\/wiki/, '')
  return ok({
    results,
    start,
    limit,
    size: results.length,
    ...more,
    _links: {
      base: `${links.site}/wiki`,
      context: '/wiki',
      self: `${links.site}/wiki${path}`,
      ...(start + limit < items.length && { next: `${path}?start=${start + limit}&limit=${limit}` }),
    },
  })
}

/** Writes that a browser could be tricked into need a header that it does not send by itself (documented). */
export function checkToken({ headers }: Call): void {
  if (!/^no-?check$/i.test(headers.get('x-atlassian-token') ?? '')) {
    refuse(confluenceV1Error(403, 'XSRF check failed', { kind: 'PermissionException', authorized: false }))
  }
}
