import { createBulkUserLookup } from '@telamon/confluence/operations'
import { getCurrentUser, getUser } from '@telamon/confluence/v1'

import { avatarUrl } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { ok } from '../http/reply.ts'
import { asList } from '../http/value.ts'
import type { Person } from '../world/model.ts'
import { bodyOf, refuseInput } from './refuse.ts'
import { userView } from './v1-view.ts'

/** A person in version 2 (documented). */
function bulkView({ origins, caller }: Call, person: Person): Record<string, unknown> {
  const shown = !person.emailHidden || person.accountId === caller.person?.accountId
  return {
    displayName: person.displayName,
    timeZone: person.timeZone,
    personalSpaceId: null,
    isExternalCollaborator: false,
    accountStatus: person.active ? 'active' : 'inactive',
    accountId: person.accountId,
    email: shown ? person.email : null,
    accountType: person.accountType,
    publicName: person.displayName,
    profilePicture: { path: avatarUrl(origins, person), isDefault: false },
  }
}

export const userHandlers: readonly Served[] = [
  serve(createBulkUserLookup, [], (call) => {
    const ids = asList(bodyOf(call)['accountIds']) ?? refuseInput('accountIds is missing')
    if (ids.length > 250) refuseInput('At most 250 account ids can be looked up at once')
    const people = ids.flatMap((id) => {
      const person = typeof id === 'string' ? call.world.people.get(id) : undefined
      return person && call.site.members.has(person.accountId) ? [bulkView(call, person)] : []
    })
    return ok({ results: people, _links: { base: `${call.links.site}/wiki` } })
  }),
  serve(getCurrentUser, ['expand'], (call) =>
    ok(call.caller.person ? userView(call, call.caller.person) : {}),
  ),
  serve(getUser, ['accountId', 'expand'], (call) => {
    const accountId = call.query.text('accountId') ?? ''
    const person = call.site.members.has(accountId) ? call.world.people.get(accountId) : undefined
    if (person) return ok(userView(call, person))
    return confluenceV1Error(404, `No user found with account id: ${accountId}`, {
      kind: 'NotFoundException',
    })
  }),
]
