import type { LimitKey } from '@telamon/rate-limiter'

import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import type { AnyInput } from './request.ts'

/** Whose budgets a call uses. */
export interface LimitScope {
  /** The site: a cloud id or a host. */
  readonly tenant: string
  /** The OAuth app, when calls are made for one. API tokens have no points. */
  readonly app?: string
  /** The account behind the credentials. */
  readonly account?: string
  /** Limits that several operations have in common: `atlassianFamilies` of `@telamon/rate-limiter`. Default: none. */
  readonly familiesOf?: (operation: OperationSpec) => readonly string[]
}

/** The issue a write goes to, which has a limit of its own (documented). */
function issueOf(operation: OperationSpec, { path = {} }: AnyInput): string | undefined {
  if (effectOf(operation) === 'read') return undefined
  const value = path['issueIdOrKey']
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/**
 * The limiter's keys for a call, from the narrowest to the widest: issue, operation, family, site, account, app. The
 * operation is told by its template, so that all issues share one.
 */
export function limitKeysOf(
  operation: OperationSpec,
  input: AnyInput,
  scope: LimitScope,
): readonly LimitKey[] {
  const { tenant, account, app, familiesOf } = scope
  const issue = issueOf(operation, input)
  return [
    ...(issue === undefined ? [] : [`issue:${tenant}/${issue}` as const]),
    `operation:${tenant}/${operation.method} ${operation.path}`,
    ...(familiesOf?.(operation) ?? []).map((name) => `family:${tenant}/${name}` as const),
    `site:${tenant}`,
    ...(account === undefined ? [] : [`account:${tenant}/${account}` as const]),
    ...(app === undefined ? [] : [`app:${app}` as const]),
  ]
}
