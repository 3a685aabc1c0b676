import type { Context } from './context.ts'
import type { TxRecord } from './records.ts'
import { backWithError } from './redirects.ts'
import { seeOther } from './replies.ts'
import { reasonOf } from './sign-in-failure.ts'
import { isSignInError } from './sign-in.ts'
import { randomText, sha256 } from './tokens.ts'

const longestMemo = 2048

/** What a person agreed to, in which browser. */
export interface AgreedSignIn {
  readonly request: Request
  readonly tx: TxRecord
  readonly browser: string
  /** What the person approved. */
  readonly scopes: readonly string[]
}

/** Sends the browser to the sign-in, bound to this browser by a login cookie that is always new. */
export async function startSignIn(
  context: Context,
  { request, tx, browser, scopes: approved }: AgreedSignIn,
): Promise<Response> {
  const { binding, store, signIn, scopes, random, policy, endpoint, observe, now } = context
  const state = randomText(random, 32)
  try {
    const { url, memo } = await signIn.begin({
      state,
      callbackUrl: endpoint('callback'),
      scopes: scopes.permissions(approved),
      signal: AbortSignal.timeout(15_000),
    })
    if (memo !== undefined && memo.length > longestMemo)
      throw new RangeError(`The memo of a sign-in is longer than ${longestMemo} characters`)
    const { value, cookies } = binding.approve(request, browser)
    await store.putLogin({
      stateHash: sha256(state),
      browserHash: sha256(value),
      deviceHash: sha256(browser),
      txId: tx.id,
      scopes: approved,
      expiresAt: now() + policy.stepMs,
      ...(memo !== undefined && { memo }),
    })
    return seeOther(url.href, cookies)
  } catch (error) {
    if (!isSignInError(error)) throw error
    observe({ type: 'failed', where: 'signIn.begin', error })
    return backWithError(context, tx.request, { reason: reasonOf(error) })
  }
}
