import type { OperationSpec } from './operation.ts'

/** What to ask for so that a set of operations can be called. */
export interface NeededScopes {
  /** Such as `read:jira-work`. Sorted. */
  readonly classic: readonly string[]
  /** Such as `read:page:confluence`, for operations that classic scopes do not reach. Sorted. */
  readonly granular: readonly string[]
  /** Operations whose document names no scope, as method and path. */
  readonly unstated: readonly string[]
}

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].toSorted()

/**
 * The scopes that reach all of these operations. Classic ones where an operation has them, since they are few and an app
 * may have fewer than 50; granular ones elsewhere (documented: Confluence v2 and boards have no others).
 */
export function scopesFor(
  operations: Iterable<Pick<OperationSpec, 'method' | 'path' | 'scopes'>>,
): NeededScopes {
  const classic: string[] = []
  const granular: string[] = []
  const unstated: string[] = []
  for (const { method, path, scopes } of operations) {
    if (scopes.classic !== undefined) classic.push(...scopes.classic)
    else if (scopes.granular !== undefined) granular.push(...scopes.granular)
    else unstated.push(`${method} ${path}`)
  }
  return { classic: sorted(classic), granular: sorted(granular), unstated: sorted(unstated) }
}

/** Whether these scopes are enough: one of the operation's sets in full. Where none is stated, any token is. */
export function isCovered({ scopes }: Pick<OperationSpec, 'scopes'>, granted: ReadonlySet<string>): boolean {
  const sets = [scopes.classic, scopes.granular].filter((set) => set !== undefined)
  return sets.length === 0 || sets.some((set) => set.every((scope) => granted.has(scope)))
}
