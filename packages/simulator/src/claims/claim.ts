/** How sure a fact about the real service is. */
export type ClaimLabel = 'recorded' | 'documented' | 'reported' | 'inferred'

/** One behaviour, where it is known from, and what holds it. */
export interface Claim {
  readonly id: string
  /**
   * The ids of the operations it is about, or of a part: `authorize`, `token`, `me`, `accessible-resources`, `gateway`,
   * `every operation`.
   */
  readonly operations: readonly string[]
  /** One sentence. */
  readonly says: string
  readonly label: ClaimLabel
  /** The id of a fact, or the operation of a document. */
  readonly source: string
  /** The full name of the test. */
  readonly test: string
  /** Statuses that the operations have by this claim, though their documents do not list them. */
  readonly departs?: readonly number[]
  /** The switch that turns it the other way. */
  readonly switch?: string
}
