import type { Context } from '../context.ts'
import type { RevocationReason } from '../records.ts'
import type { Verification } from '../verification.ts'

type Source = Pick<Context, 'store' | 'signIn' | 'policy' | 'now' | 'observe'> & {
  readonly verification: Pick<Verification, 'forgetGrant'>
}

/** Ends grants: all ways to an end lead through here. */
export type GrantEnder = Pick<Context, 'endGrant' | 'supersede'>

/**
 * Makes the ender. The grant is revoked in the store first, which kills everything under it at once; then the person's
 * connection is removed. If that fails, the tombstone says so, and the sweep repeats it.
 */
export function createGrantEnder({ store, signIn, policy, now, observe, verification }: Source): GrantEnder {
  const when = (): { readonly now: number; readonly keepUntil: number } => ({
    now: now(),
    keepUntil: now() + policy.tombstoneMs,
  })

  async function afterwards(id: string, reason: RevocationReason): Promise<void> {
    observe({ type: 'grant_revoked', grantId: id, reason })
    try {
      await signIn.forget(id, reason)
      await store.markForgotten(id)
    } catch (error) {
      observe({ type: 'failed', where: 'signIn.forget', error })
    }
  }

  return {
    async endGrant(id, reason) {
      const first = await store.revokeGrant(id, { ...when(), reason })
      verification.forgetGrant(id)
      if (first) await afterwards(id, reason)
      return first
    },
    async supersede(old, by) {
      const first = await store.supersede(old, by, when())
      verification.forgetGrant(old)
      if (first) await afterwards(old, 'superseded')
    },
  }
}
