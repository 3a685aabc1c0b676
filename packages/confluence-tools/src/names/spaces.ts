import type { Space } from '@telamon/confluence'
import { getSpaceById, getSpaces } from '@telamon/confluence/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { ConfluenceServices } from '../define.ts'

/** The operations that looking a space up may call. */
export const spaceOperations = [getSpaces, getSpaceById] as const

const fold = (text: string): string => text.trim().normalize('NFKC').toLowerCase()

/**
 * The id of the space that a caller means, by id, key or name in any case.
 *
 * @throws ToolError with the spaces there are when none or several fit. Nothing is written then.
 */
export async function spaceIdOf(
  space: string,
  { confluence }: Pick<ConfluenceServices, 'confluence'>,
  signal: AbortSignal,
): Promise<string> {
  if (/^\d+$/.test(space)) return (await confluence.spaces.get(space, { signal })).id
  const spaces: Space[] = []
  for await (const one of confluence.spaces.list({ limit: 1000, status: 'current', signal })) spaces.push(one)
  const byKey = spaces.find(({ key }) => fold(key) === fold(space))
  const named = byKey ? [byKey] : spaces.filter(({ name }) => fold(name) === fold(space))
  const fitting = named.length > 0 ? named : spaces.filter(({ name }) => fold(name).includes(fold(space)))
  const [found] = fitting
  if (found && fitting.length === 1) return found.id
  const shown = (fitting.length > 0 ? fitting : spaces)
    .slice(0, 20)
    .map(({ key, name }) => `${key} ${oneLine(name)}`)
  throw new ToolError({
    code: fitting.length > 1 ? 'ambiguous' : 'not_found',
    message: `${fitting.length > 1 ? 'Several spaces are' : 'No space is'} called ${JSON.stringify(oneLine(space))}. There are:\n${fence(shown.join('\n'), { source: 'Confluence spaces' })}`,
    next: 'Use the key of one of these.',
  })
}
