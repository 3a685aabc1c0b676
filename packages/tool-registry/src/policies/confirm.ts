import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

import { createLru } from '../lru.ts'
import type { Problem } from '../problem.ts'
import type { CallResult } from '../result.ts'
import type { Tier } from '../tiers.ts'
import { isJsonObject } from '../wire.ts'

/** Which calls a person has to agree to, one by one. */
export interface ConfirmOptions {
  /** Calls that reach so deep. */
  readonly tiers: readonly Tier[]
  /** At least 32 bytes, the same on every instance. */
  readonly key: Uint8Array
  /** How long an agreement may take. Default: 600,000. */
  readonly lifetimeMs?: number
}

/** The call that somebody agrees to: nothing of it may change afterwards. */
export interface ConfirmedCall {
  readonly grantId: string
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Asks for agreements and checks them. Nothing is kept until a token has been redeemed. */
export interface Confirmations {
  readonly needed: (tier: Tier) => boolean
  /** A token that stands for the agreement to one call. */
  readonly mint: (call: ConfirmedCall) => string
  /** Whether a token stands for the agreement to this call. It does so once, as far as this process remembers. */
  readonly redeem: (token: string | undefined, call: ConfirmedCall) => boolean
}

/** Where a client that can ask finds the question in `_meta`. It never reaches the wire. */
const askedKey = 'telamon/confirmation'

const usedMemory = 10_000

/** Makes confirmations. A token is `expiry.nonce.signature`, bound to grant, tool and arguments. */
export function createConfirmations(options: ConfirmOptions, now: () => number): Confirmations {
  const { tiers, key, lifetimeMs = 600_000 } = options
  const used = createLru<true>(usedMemory)
  const signed = (lead: string, { grantId, tool, input }: ConfirmedCall): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([lead, grantId, tool, ordered(input)]))
      .digest('base64url')
      .slice(0, 32)
  return {
    needed: (tier) => tiers.includes(tier),
    mint(call) {
      const lead = `${(now() + lifetimeMs).toString(36)}.${randomBytes(6).toString('base64url')}`
      return `${lead}.${signed(lead, call)}`
    },
    redeem(token, call) {
      const [expiry = '', nonce = '', signature = ''] = token?.split('.') ?? []
      const wanted = signed(`${expiry}.${nonce}`, call)
      const isGood =
        Buffer.byteLength(signature) === wanted.length &&
        timingSafeEqual(Buffer.from(signature), Buffer.from(wanted)) &&
        Number.parseInt(expiry, 36) > now()
      if (!isGood || used.get(wanted)) return false
      used.set(wanted, true)
      return true
    },
  }
}

/** The same call has the same text whatever the order of its members. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, ordered(value[name])]),
  )
}

/** A call that waits for a person. */
export interface AskedConfirmation {
  readonly token: string
  /** For the person. */
  readonly message: string
}

/** What a call that needs an agreement is answered with. */
export function confirmationProblem({ tool, input }: ConfirmedCall, tier: Tier, token: string): Problem {
  const what = `${tool} with ${JSON.stringify(input).slice(0, 1000)} is of the tier ${tier}.`
  return {
    verdict: 'refused',
    code: 'needs_confirmation',
    what: `Not done yet: the person has to agree. ${what}`,
    written: 'no',
    next: `Show the person what it would do. If they agree, call again with the same arguments and "confirmation": "${token}".`,
    meta: { [askedKey]: { token, message: `Allow this? ${what}` } satisfies AskedConfirmation },
  }
}

/** The question in a result, if it is one. */
export function confirmationIn({ _meta: meta }: Pick<CallResult, '_meta'>): AskedConfirmation | undefined {
  const asked = meta?.[askedKey]
  if (!isJsonObject(asked)) return undefined
  const { token, message } = asked
  return typeof token === 'string' && typeof message === 'string' ? { token, message } : undefined
}
