import type { AdfDocument } from '@telamon/adf'
import { type CallOptions, type Rest } from '@telamon/rest'
import { AtlassianError } from '@telamon/rest/surface'

import type { FieldMap } from '../custom-fields.ts'
import { doTransition, getTransitions } from '../generated/platform/operations.gen.ts'
import type { IssueTransition } from '../generated/platform/types.gen.ts'
import { type WritableFields, encodeFields } from '../writing.ts'
import type { Issues } from './issues.ts'

/** A step of a workflow that an issue can take. */
export type Transition = IssueTransition

/** Which step: by id, by its own name, or by the name of the status it leads to. */
export type TransitionTarget = { readonly id: string } | { readonly name: string } | { readonly to: string }

/** What goes along with a step. */
export interface TransitionOptions<Map extends FieldMap> extends CallOptions {
  /** Fields on the screen of the step. */
  readonly fields?: WritableFields<Map>
  /** Sent as it is beside the fields, and wins over them. */
  readonly raw?: Readonly<Record<string, unknown>>
  readonly comment?: AdfDocument
}

/** Binds the steps of workflows to a connection. */
export function transitionsOf<Map extends FieldMap>(
  rest: Rest,
  map: Map,
): Pick<Issues<Map>, 'transitions' | 'transition'> {
  const { call } = rest
  const transitions: Issues<Map>['transitions'] = async (issue, { withFields = false, ...options } = {}) => {
    const query = withFields ? { expand: 'transitions.fields' } : {}
    const answer = await call(getTransitions, { path: { issueIdOrKey: issue }, query }, options)
    return answer.transitions ?? []
  }
  return {
    transitions,
    async transition(issue, target, { fields, raw, comment, ...options } = {}) {
      const chosen =
        'id' in target ? { name: '', ...target } : choose(target, await transitions(issue, options))
      const encoded = encodeFields(map, fields ?? {}, raw)
      const body = {
        transition: { id: chosen.id },
        ...(Object.keys(encoded).length > 0 && { fields: encoded }),
        ...(comment && { update: { comment: [{ add: { body: comment } }] } }),
      }
      await call(doTransition, { path: { issueIdOrKey: issue }, body }, options)
      return chosen
    },
  }
}

/** The one step that is meant. */
function choose(
  target: Exclude<TransitionTarget, { readonly id: string }>,
  all: readonly Transition[],
): Transition {
  const [wanted, nameOf] =
    'to' in target
      ? [target.to, (one: Transition) => one.to?.name ?? '']
      : [target.name, (one: Transition) => one.name]
  const fitting = all.filter((one) => fold(nameOf(one)) === fold(wanted))
  const [chosen] = fitting
  if (chosen && fitting.length === 1) return chosen
  throw new AtlassianError({
    code: 'invalid_request',
    operation: doTransition,
    detail:
      fitting.length === 0
        ? 'No transition that can be done now is meant by that name; messages lists those there are.'
        : 'Several transitions are meant by that name; choose one by its id, see messages.',
    messages: (fitting.length === 0 ? all : fitting).map(
      ({ id, name, to }) => `${id}: ${name} → ${to?.name ?? name}`,
    ),
  })
}

const fold = (name: string): string => name.trim().normalize('NFKC').toLowerCase()
