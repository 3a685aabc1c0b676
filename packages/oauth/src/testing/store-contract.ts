import { describe } from 'vitest'

import type { AuthStore } from '../store.ts'
import { codeContract } from './contract-codes.ts'
import { familyContract } from './contract-families.ts'
import { grantContract } from './contract-grants.ts'
import { raceContract } from './contract-races.ts'
import { shortLivedContract } from './contract-short-lived.ts'
import { sweepContract } from './contract-sweep.ts'

/** A store under test. */
export interface OpenedAuthStore {
  readonly store: AuthStore
  /** Another connection to the same data, as another process would have it. Races then use both. */
  readonly second?: AuthStore
  /** Called after each test. */
  readonly close?: () => void | Promise<void>
}

/** Opens the store of one test. Data of other tests may be in it: ids never meet. */
export type OpenAuthStore = () => OpenedAuthStore | Promise<OpenedAuthStore>

const parts: readonly (readonly [part: string, contract: (open: OpenAuthStore) => void])[] = [
  ['what lives for minutes', shortLivedContract],
  ['grants', grantContract],
  ['codes', codeContract],
  ['families and access tokens', familyContract],
  ['sweeping', sweepContract],
  ['races', raceContract],
]

/**
 * The contract of {@link AuthStore}, for every engine: call it in a test file. It drives the engine through the
 * port alone, hands in its own clock, and includes the races.
 */
export function describeAuthStore(name: string, open: OpenAuthStore): void {
  describe(`the AuthStore contract, kept by ${name}`, () => {
    describe.each(parts)('%s', (_, contract) => {
      contract(open)
    })
  })
}
