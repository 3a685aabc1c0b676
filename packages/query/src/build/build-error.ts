/** Why a query could not be built. */
export type QueryBuildErrorCode =
  | 'missing-value'
  | 'empty-list'
  | 'not-a-number'
  | 'not-well-formed'
  | 'no-time-zone'
  | 'misplaced'
  | 'syntax'

/** A template was given a value that cannot stand in its place. A mistake in the program, or a missing check. */
export class QueryBuildError extends Error {
  override readonly name = 'QueryBuildError'
  readonly code: QueryBuildErrorCode
  /** Number of the hole, counted from 1; 0 when the template itself is at fault. */
  readonly hole: number

  constructor(code: QueryBuildErrorCode, message: string, hole = 0) {
    super(hole === 0 ? message : `Hole ${hole}: ${message}`)
    this.code = code
    this.hole = hole
  }
}
