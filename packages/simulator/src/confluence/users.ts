import { checkAccessByEmail, createBulkUserLookup } from '@telamon/confluence/operations'

import { avatarUrl } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asList } from '../http/value.ts'
import type { Space } from '../world/confluence-model.ts'
import type { Person, Site } from '../world/model.ts'
import { bodyOf, refuseInput } from './refuse.ts'

/** A person in version 2 (documented). */
function bulkView({ origins, caller, site }: Call, person: Person): Record<string, unknown> {
  const shown = !person.emailHidden || person.accountId === caller.person?.accountId
  return {
    displayName: person.displayName,
    timeZone: person.timeZone,
    personalSpaceId: personalSpaceOf(site, person)?.id ?? null,
    isExternalCollaborator: false,
    accountStatus: person.active ? 'active' : 'inactive',
    accountId: person.accountId,
    email: shown ? person.email : null,
    accountType: person.accountType,
    publicName: person.displayName,
    profilePicture: { path: avatarUrl(origins, person), isDefault: false },
  }
}

function personalSpaceOf({ confluence }: Site, { accountId }: Person): Space | undefined {
  return [...confluence.spaces.values()].find(
    ({ type, authorId }) => type === 'personal' && authorId === accountId,
  )
}

/** Which of these addresses nobody with Confluence has (documented). */
function withoutAccess(call: Call): Reply {
  const emails = asList(bodyOf(call)['emails']) ?? refuseInput('emails is missing')
  const given = emails.flatMap((email) => (typeof email === 'string' ? [email] : []))
  const invalid = given.filter((email) => !/^[^\s@]+@[^\s@]+$/.test(email))
  const known = new Set(
    [...call.site.members].flatMap(([accountId, { products }]) =>
      products.includes('confluence') ? [call.world.people.get(accountId)?.email.toLowerCase()] : [],
    ),
  )
  return ok({
    emailsWithoutAccess: given.filter((email) => !invalid.includes(email) && !known.has(email.toLowerCase())),
    invalidEmails: invalid,
  })
}

export const userHandlers: readonly Served[] = [
  serve(checkAccessByEmail, [], withoutAccess),
  serve(createBulkUserLookup, [], (call) => {
    const ids = asList(bodyOf(call)['accountIds']) ?? refuseInput('accountIds is missing')
    if (ids.length > 250) refuseInput('At most 250 account ids can be looked up at once')
    const people = ids.flatMap((id) => {
      const person = typeof id === 'string' ? call.world.people.get(id) : undefined
      return person && call.site.members.has(person.accountId) ? [bulkView(call, person)] : []
    })
    return ok({ results: people, _links: { base: `${call.links.site}/wiki` } })
  }),
]
