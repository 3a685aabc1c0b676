import { effectOf, type OperationSpec } from '@telamon/rest'

import { asList, at } from '../http/value.ts'

/** Things that count twice: people, groups, roles and permissions (documented). */
const identity = /\/(myself|user|users|group|groups|role|permission|permissions|members|watchers)(\/|$|-|s)/

/** Lists that were seen to cost one point, however long they are (reported). */
const flat = [/\/permissions\/project$/, /\/project\/\{[^}]+\}\/versions?$/, /\/user\/search$/]

/**
 * What a call costs: one for the request, and one for each thing in its answer, two where those are identities; a write
 * costs one in all (documented; the service publishes no table).
 */
export function pointsOf(operation: OperationSpec, body: unknown): number {
  if (effectOf(operation) !== 'read') return 1
  const { items = '' } = operation
  if (flat.some((path) => path.test(operation.path))) return 1
  const list = asList(items === '' ? body : at(body, ...items.split('.')))
  const things = list?.length ?? 1
  return 1 + things * (identity.test(operation.path) ? 2 : 1)
}
