import type { CallFacts } from './call.ts'
import type { Observe } from './events.ts'
import { limitProblem } from './limits.ts'
import { refusal } from './policies/audit.ts'
import { missingPermission, permissionProblem } from './policies/permission.ts'
import type { Problem } from './problem.ts'
import type { Permission } from './tiers.ts'
import type { LimitRefusal } from './visit.ts'

/** Why a call may not begin. */
export type Refusal =
  | { readonly kind: 'permission'; readonly missing: Permission; readonly problem: Problem }
  | { readonly kind: 'limit'; readonly limit: LimitRefusal; readonly problem: Problem }
  | { readonly kind: 'arguments'; readonly problem: Problem }

/** What admission tells, and when. */
export interface AdmitOptions {
  readonly observe: Observe
  readonly now: () => number
}

/**
 * Decides whether a call may begin: permission first, then the person's limits, which are charged here and nowhere else.
 * Asked once for each call, before anything else happens.
 */
export function admit(call: CallFacts, { observe, now }: AdmitOptions): Refusal | undefined {
  const found = refusalOf(call)
  if (found !== undefined) observe(refusal(call, found.problem.code, now()))
  return found
}

function refusalOf({ tool, visit }: CallFacts): Refusal | undefined {
  const missing = missingPermission(tool, visit.person)
  if (missing !== undefined) return { kind: 'permission', missing, problem: permissionProblem(missing) }
  const taken = visit.admission?.take(tool)
  if (taken === undefined || taken.ok) return undefined
  return { kind: 'limit', limit: taken, problem: limitProblem(taken) }
}
