/** Scopes of an operation: at most one classic and one granular set, each needed in full, either enough. */

import type { OperationObject } from '../openapi.ts'

export interface Scopes {
  readonly classic?: readonly string[]
  readonly granular?: readonly string[]
}

/**
 * `read:page:confluence` is granular, `read:jira-work` is not. The states that the documents give (`Current`, `Beta`)
 * do not tell: in Confluence v2 the granular set is the current one.
 */
const isGranular = (set: readonly string[]): boolean => set.some((scope) => scope.split(':').length === 3)

export function scopesOf(operation: OperationObject): Scopes {
  const stated = operation['x-atlassian-oauth2-scopes']?.map(({ scopes }) => scopes ?? [])
  const secured = operation.security?.flatMap((one) =>
    Object.entries(one).flatMap(([scheme, scopes]) => (scheme === 'basicAuth' ? [] : [scopes])),
  )
  const [first, second, ...more] =
    [stated, secured].map((sets) => distinct(sets ?? [])).find((sets) => sets.length > 0) ?? []
  if (more.length > 0)
    throw new Error(`${operation.operationId} has more than two alternative sets of scopes`)
  if (!first) return {}
  if (!second) return isGranular(first) ? { granular: first } : { classic: first }
  // Of two alternatives of one form the first, which is the current one, takes the place of the classic set.
  return isGranular(first) && !isGranular(second)
    ? { classic: second, granular: first }
    : { classic: first, granular: second }
}

/** Whether somebody without credentials may call it. */
export const isAnonymous = (operation: OperationObject): boolean =>
  operation.security?.some((one) => Object.keys(one).length === 0) ?? false

function distinct(sets: readonly (readonly string[])[]): string[][] {
  const sorted = sets.filter((set) => set.length > 0).map((set) => [...new Set(set)].toSorted())
  return [...new Map(sorted.map((set) => [set.join(' '), set])).values()]
}
