import type { Served } from '../../apps/harness/src/simulator/serve.ts'

/** Who a client signs in as, and where. */
export interface Desk {
  readonly served: Served
  /** The first site. */
  readonly site: string
  readonly email: string
  readonly apiToken: string
}

/** What a client of somebody else does with the simulator. Throws when anything is not as the client wants it. */
export interface Exam {
  readonly client: string
  /** Whether it is served under Atlassian's own names. */
  readonly tls?: boolean
  /** What has to be there for it; a sentence when it is not. */
  readonly missing?: () => string | undefined
  readonly run: (desk: Desk) => Promise<void>
}

/** @throws Error with the sentence when something is not so */
export function check(so: unknown, sentence: string): asserts so {
  if (!so) throw new Error(sentence)
}
