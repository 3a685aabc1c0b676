import type { Claim } from './claim.ts'

/** Everything that is claimed. */
export const claims: readonly Claim[] = []
