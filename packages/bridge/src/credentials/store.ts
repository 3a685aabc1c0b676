import type { Credentials } from './credentials.ts'

/** How a store keeps secrets: encrypted, readable by whoever reads the file, or not at all. */
export type Protection = 'sealed' | 'plain' | 'memory'

/** The turn to sign in: while one process holds it, the others wait. */
export interface Turn {
  /** How many sign-ins of this entry have failed so far, in any process: those who waited need not ask the person again. */
  readonly failures: number
  /** Lets the next one have it. `failed`: a person was asked, and it came to nothing. */
  readonly release: (outcome?: 'failed') => Promise<void>
}

/** Options of what may have to wait for another process. */
export interface WaitOptions {
  readonly signal?: AbortSignal
}

/** Where sign-ins are kept, one entry a server and profile. Several processes may share a store. */
export interface CredentialStore {
  /** How an entry is kept, or would be if it is not there. */
  readonly protectionOf: (entry: string) => Promise<Protection>
  readonly read: (entry: string) => Promise<Credentials | undefined>
  /**
   * Replaces an entry by what `change` makes of its newest state, while nobody else changes it; undefined removes it.
   * Resolves with the new state. When `change` throws, nothing changes.
   */
  readonly change: (entry: string, change: Change, options?: WaitOptions) => Promise<Credentials | undefined>
  /** Removes an entry without looking at it, so that a damaged one can be removed too. */
  readonly remove: (entry: string) => Promise<void>
  /** Takes the turn to sign in. Undefined when another process has it. */
  readonly turn: (entry: string) => Promise<Turn | undefined>
  /** How many sign-ins of this entry have failed so far. */
  readonly failures: (entry: string) => Promise<number>
  /** The names of all entries. */
  readonly list: () => Promise<readonly string[]>
}

/** Makes the next state of an entry. Has 20 seconds before other processes may take over. */
export type Change = (
  current: Credentials | undefined,
) => Promise<Credentials | undefined> | Credentials | undefined
