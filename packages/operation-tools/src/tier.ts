import { effectOf } from '@telamon/rest'
import type { OperationSpec } from '@telamon/rest'
import type { Tier } from '@telamon/tool-registry'

/** What scopes of administration and access have in their names. */
const managing = /^manage:|configuration|permission|restriction|security|\badmin/

/**
 * How deep an operation reaches: deleting ones delete; writing ones that need a scope of administration, or that change
 * who can see something, manage.
 */
export function tierOf(operation: OperationSpec): Tier {
  const effect = effectOf(operation)
  if (effect !== 'write') return effect
  const { classic = [], granular = [] } = operation.scopes
  const writing = granular.filter((scope) => !scope.startsWith('read:'))
  return [...classic, ...writing].some((scope) => managing.test(scope)) || managing.test(operation.path)
    ? 'manage'
    : 'write'
}
