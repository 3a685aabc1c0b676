import type { Space } from '@telamon/confluence'
import { getSpaceById, getSpaces } from '@telamon/confluence/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, quoted } from './words.ts'

/** The operations that looking a space up may call. */
export const spaceOperations = [getSpaces, getSpaceById] as const

/** So many spaces are looked through for a name. */
const mostSpaces = 1000

/**
 * The space that a caller means, by id, key or name in any case.
 *
 * @throws ToolError with the spaces there are when none or several fit. Nothing is written then.
 */
export async function spaceMeant(
  space: string,
  { confluence, signal }: Pick<Asking, 'confluence' | 'signal'>,
): Promise<Pick<Space, 'id' | 'key' | 'homepageId'>> {
  if (/^\d+$/.test(space)) return confluence.spaces.get(space, { signal })
  const byKey = await confluence.spaces
    .list({ keys: [...new Set([space, space.toUpperCase()])] })
    .page({ signal })
  const [exact] = byKey.items
  if (exact) return exact
  const spaces: Space[] = []
  for await (const one of confluence.spaces.list({ limit: mostSpaces, status: 'current', signal }))
    spaces.push(one)
  const named = spaces.filter(({ key, name }) => fold(name) === fold(space) || fold(key) === fold(space))
  const fitting = named.length > 0 ? named : spaces.filter(({ name }) => fold(name).includes(fold(space)))
  const [found] = fitting
  if (found && fitting.length === 1) return found
  const shown = (fitting.length > 0 ? fitting : spaces)
    .slice(0, 20)
    .map(({ key, name }) => `${key} ${oneLine(name)}`)
  throw new ToolError({
    code: fitting.length > 1 ? 'ambiguous' : 'not_found',
    message: `${fitting.length > 1 ? `Several spaces may be meant by ${quoted(space)}` : `There is no space ${quoted(space)}, or this person may not see it`}. There are:\n${fence(shown.join('\n') || 'none', { source: 'Confluence spaces' })}`,
    next: 'Use the key of one of these.',
  })
}
