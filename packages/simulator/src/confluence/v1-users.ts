import {
  getAnonymousUser,
  getBulkUserLookup,
  getCurrentUser,
  getGroupMembershipsForUser,
  getPrivacyUnsafeUserEmail,
  getPrivacyUnsafeUserEmailBulk,
  getSystemInfo,
  getUser,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Person } from '../world/model.ts'
import { isSpaceKey } from './space-creating.ts'
import { isSiteAdmin, listReplyV1, refuseInputV1, refuseMissingV1 } from './v1-answers.ts'
import { groupView, spaceView, userView } from './v1-view.ts'

/** A person, with the personal space if `expand` names it. */
function shown(call: Call, person: Person): Record<string, unknown> {
  const expand = new Set(call.query.list('expand'))
  const personal = [...call.site.confluence.spaces.values()].find(
    ({ key, authorId }) => key.startsWith('~') && isSpaceKey(key) && authorId === person.accountId,
  )
  return {
    ...userView(call, person),
    ...(expand.has('personalSpace') && personal && { personalSpace: spaceView(call, personal) }),
    ...(expand.has('operations') && { operations: [{ operation: 'use', targetType: 'application' }] }),
  }
}

function personOf({ site, world }: Call, accountId: string): Person | undefined {
  return site.members.has(accountId) ? world.people.get(accountId) : undefined
}

function single(call: Call): Reply {
  const accountId = call.query.text('accountId') ?? ''
  const person = personOf(call, accountId)
  if (person) return ok(shown(call, person))
  return confluenceV1Error(404, `No user found with account id: ${accountId}`, { kind: 'NotFoundException' })
}

const mostAtOnce = 100

function bulk(call: Call): Reply {
  const ids = call.query.list('accountId')
  if (ids.length > mostAtOnce) return refuseInputV1(`At most ${mostAtOnce} people are looked up at once`)
  const people = ids.flatMap((accountId) => personOf(call, accountId) ?? [])
  return listReplyV1(call, people, { view: (person) => shown(call, person), limit: mostAtOnce })
}

/** The address even of who hides it: for apps that Atlassian trusts, here for administrators (documented). */
function emails(call: Call): readonly Record<string, string>[] {
  if (!isSiteAdmin(call)) refuseMissingV1('The app is not allowed to read e-mail addresses')
  return call.query.list('accountId').map((accountId) => {
    const person = personOf(call, accountId)
    return person
      ? { accountId, email: person.email }
      : refuseMissingV1(`No user found with account id: ${accountId}`)
  })
}

export const userHandlersV1: readonly Served[] = [
  serve(getCurrentUser, ['expand'], (call) => ok(call.caller.person ? shown(call, call.caller.person) : {})),
  serve(getUser, ['accountId', 'expand'], single),
  serve(getAnonymousUser, ['expand'], ({ links }) =>
    ok({
      type: 'anonymous',
      profilePicture: {
        path: `${links.site}/wiki/images/icons/profilepics/anonymous.svg`,
        width: 48,
        height: 48,
        isDefault: true,
      },
      displayName: 'Anonymous',
      operations: [],
      _expandable: { operations: '' },
      _links: { self: '/rest/api/user/anonymous' },
    }),
  ),
  serve(getBulkUserLookup, ['accountId', 'expand'], bulk),
  serve(getGroupMembershipsForUser, ['accountId', 'start', 'limit'], (call) => {
    const accountId = call.query.text('accountId') ?? ''
    if (!personOf(call, accountId)) return refuseMissingV1(`No user found with account id: ${accountId}`)
    const groups = [...call.site.groups.values()].filter(({ members }) => members.has(accountId))
    return listReplyV1(call, groups, { view: groupView, limit: 200 })
  }),
  serve(getPrivacyUnsafeUserEmail, ['accountId'], (call) => {
    const [first] = emails(call)
    return ok(first ?? refuseInputV1('The accountId is missing'))
  }),
  serve(getPrivacyUnsafeUserEmailBulk, ['accountId'], (call) => ok(emails(call))),
  serve(getSystemInfo, [], ({ site, links }) =>
    ok({
      cloudId: site.cloudId,
      commitHash: 'simulator',
      baseUrl: `${links.site}/wiki`,
      edition: 'PREMIUM',
      siteTitle: site.title,
      defaultLocale: 'en_GB',
      defaultTimeZone: site.timeZone,
      microsPerimeter: 'commercial',
    }),
  ),
]
