import { findUsers, getCurrentUser } from '@telamon/jira/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { JiraServices } from '../define.ts'
import { fold, matching } from './nearest.ts'

/** The operations that looking a person up may call. */
export const personOperations = [findUsers, getCurrentUser] as const

/** Old ids have no colon, new ones do: `5b10a2844c20165700ede21g`, `712020:292a…`. */
const accountId = /^(?:[0-9a-f]{24}|\d{4,10}:[0-9a-f-]{32,40}|qm:[\w:-]{10,120})$/i

/** A candidate for a name. */
interface Candidate {
  readonly accountId: string
  readonly displayName: string
}

/**
 * The account id of a person who is named by id, name, e-mail address or "me".
 *
 * @throws ToolError with the candidates when nobody or more than one person fits. Nothing is written then.
 */
export async function accountIdOf(
  person: string,
  { jira }: Pick<JiraServices, 'jira'>,
  signal: AbortSignal,
): Promise<string> {
  const word = person.trim()
  if (accountId.test(word)) return word
  if (fold(word) === 'me' || fold(word) === 'currentuser()') return idOf(await jira.myself({ signal }))
  const found: Candidate[] = []
  for await (const { accountType, active, ...user } of jira.users.search(word, { limit: 50, signal })) {
    if (accountType === 'atlassian' && (active ?? true))
      found.push({ accountId: idOf(user), displayName: user.displayName ?? '' })
  }
  const fitting = found.length === 1 ? found : matching(found, word, ({ displayName }) => displayName)
  const [one] = fitting
  if (one && fitting.length === 1) return one.accountId
  throw new ToolError({
    code: found.length === 0 ? 'not_found' : 'ambiguous',
    message:
      found.length === 0
        ? `Nobody on this site is called ${JSON.stringify(oneLine(word))}.`
        : `More than one person may be meant by ${JSON.stringify(oneLine(word))}:\n${candidates(fitting.length > 0 ? fitting : found)}`,
    next:
      found.length === 0
        ? 'Call lookupJiraAccountId with a part of the name.'
        : 'Use one of these account ids.',
  })
}

function candidates(people: readonly Candidate[]): string {
  return fence(
    people
      .slice(0, 10)
      .map((one) => `${one.displayName}: ${one.accountId}`)
      .join('\n'),
    { source: 'names of people' },
  )
}

function idOf({ accountId: id }: { readonly accountId?: string }): string {
  if (id === undefined)
    throw new ToolError({ code: 'unavailable', message: 'Jira answered a person without an account id.' })
  return id
}
