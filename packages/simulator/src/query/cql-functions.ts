import type { FunctionDef } from '@telamon/query'

import { favouritesOf } from '../confluence/relations.ts'
import { spaceByKey } from '../confluence/space-creating.ts'
import type { Asker } from './jql-values.ts'

/** Where somebody searches from, which `currentSpace()` and `currentContent()` stand for. */
export interface CqlContext {
  readonly spaceKey?: string
  readonly contentId?: string
  readonly contentStatuses?: readonly string[]
}

/** The pages that the asker looked at, the last one first, each once. */
function viewed({ site, caller }: Asker): readonly string[] {
  const own = [...site.confluence.views.values()].filter(
    ({ accountId }) => accountId === caller.person?.accountId,
  )
  const newestFirst = own.toSorted((one, other) => other.at - one.at)
  return [...new Set(newestFirst.map(({ contentId }) => contentId))]
}

/** A part of a list, as the arguments say: how many, and how many to pass over first (documented). */
function part(list: readonly string[], [limit = '', offset = '']: readonly string[]): readonly string[] {
  const start = Number(offset) || 0
  return list.slice(start, start + (Number(limit) || list.length))
}

/** The functions of CQL besides those for dates and `currentUser()`. */
export function cqlFunctions(asker: Asker, { spaceKey, contentId }: CqlContext): readonly FunctionDef[] {
  const { contents } = asker.site.confluence
  const space = spaceKey === undefined ? undefined : spaceByKey(asker.site, spaceKey)?.id
  const spacesViewed = (): readonly string[] => [
    ...new Set(viewed(asker).flatMap((id) => contents.get(id)?.spaceId ?? [])),
  ]
  const kept = (): readonly string[] =>
    [...favouritesOf(asker, asker.caller.person?.accountId ?? '')]
      .filter((thing) => thing.startsWith('space/'))
      .flatMap((thing) => spaceByKey(asker.site, thing.slice('space/'.length))?.id ?? [])
  return [
    { name: 'recentlyViewedContent', list: true, call: (args) => part(viewed(asker), args) },
    { name: 'recentlyViewedSpaces', list: true, call: (args) => part(spacesViewed(), args) },
    { name: 'favouriteSpaces', list: true, call: kept },
    { name: 'favoriteSpaces', list: true, call: kept },
    { name: 'currentSpace', call: () => space ?? contents.get(contentId ?? '')?.spaceId ?? [] },
    { name: 'currentContent', call: () => contentId ?? [] },
  ]
}
