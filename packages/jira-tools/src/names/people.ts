import { findUsers, getCurrentUser } from '@telamon/jira/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, matching, quoted } from './nearest.ts'

/** The operations that looking a person up may call. */
export const personOperations = [findUsers, getCurrentUser] as const

/** Old ids have no colon, new ones do: `5b10a2844c20165700ede21g`, `712020:292a…`. */
const accountId = /^(?:(?=\D*\d)[0-9a-z]{24}|\d{4,10}:[0-9a-f-]{32,40}|qm:[\w:-]{10,120})$/i

const myself: ReadonlySet<string> = new Set(['me', 'myself', 'currentuser()', 'current user'])

/** Somebody with an account. */
export interface NamedPerson {
  readonly accountId: string
  /** On one line. Absent when the caller gave the id. */
  readonly name?: string
}

/**
 * Who is meant by an account id, a name, an e-mail address or "me".
 *
 * @throws ToolError with the candidates when nobody or more than one person fits. Nothing is written then.
 */
export async function personNamed(person: string, { jira, signal }: Asking): Promise<NamedPerson> {
  const word = person.trim().replace(/^@/, '')
  if (accountId.test(word)) return { accountId: word }
  if (myself.has(fold(word))) return named(await jira.myself({ signal }))
  const { items } = await jira.users.search(word).page({ size: 50, signal })
  const found = items
    .filter(({ accountType, active }) => accountType === 'atlassian' && (active ?? true))
    .map(named)
  const fitting = found.length === 1 ? found : matching(found, word, ({ name }) => name)
  const [one] = fitting
  if (one && fitting.length === 1) return one
  throw found.length === 0 ? nobody(word) : several(word, fitting.length > 0 ? fitting : found)
}

function nobody(word: string): ToolError {
  return new ToolError({
    code: 'not_found',
    message: `Nobody on this site is found by ${quoted(word)}.`,
    next: word.includes('@')
      ? 'The e-mail address may be hidden: give the name, or call lookupJiraAccountId with a part of it.'
      : 'Call lookupJiraAccountId with a part of the name.',
  })
}

function several(word: string, people: readonly Required<NamedPerson>[]): ToolError {
  const lines = people.slice(0, 10).map(({ name, accountId: own }) => `${name}: ${own}`)
  return new ToolError({
    code: 'ambiguous',
    message: `More than one person may be meant by ${quoted(word)}:\n${fence(lines.join('\n'), { source: 'names of people' })}`,
    next: 'Call again with one of these account ids.',
  })
}

function named({
  accountId: id,
  displayName,
}: {
  readonly accountId?: string
  readonly displayName?: string
}): Required<NamedPerson> {
  if (id === undefined)
    throw new ToolError({ code: 'unavailable', message: 'Jira answered a person without an account id.' })
  return { accountId: id, name: oneLine(displayName ?? '') }
}
