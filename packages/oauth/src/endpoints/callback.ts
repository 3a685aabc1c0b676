import { completeAccount, isForAccount } from '../complete-account.ts'
import { completeSignIn } from '../complete-sign-in.ts'
import type { Context, Endpoint } from '../context.ts'
import { readParameters } from '../forms.ts'
import type { LoginRecord, SignedIn, TxRecord } from '../records.ts'
import { backWithError } from '../redirects.ts'
import { seeOther } from '../replies.ts'
import { reasonOf } from '../sign-in-failure.ts'
import { isSignInError } from '../sign-in.ts'
import { randomText, sha256 } from '../tokens.ts'

const statePattern = /^[A-Za-z0-9_-]{43}$/
const longestParameter = 8 * 1024
const finishMs = 30_000

/**
 * `GET /callback`: the browser comes back from the sign-in. The state is burnt whatever happens next, and nothing
 * happens unless the browser is the one that approved.
 */
export const callback: Endpoint = async ({ request, url }, context) => {
  const { store, binding, pages, observe, now } = context
  const read = readParameters(url.searchParams, longestParameter)
  const state = read.ok ? read.form.get('state') : undefined
  if (state === undefined || !statePattern.test(state)) return pages.error('state_gone')
  const login = await store.takeState(sha256(state), now())
  if (login === undefined) return pages.error('state_gone')
  const value = binding.loginOf(request, login.browserHash)
  if (value === undefined) {
    observe({ type: 'security', what: 'foreign_browser' })
    return pages.error('foreign_browser')
  }
  const cookies = binding.finish(request, value)
  const tx = await store.getTx(login.txId, now())
  if (tx === undefined) return pages.error('tx_gone')

  const signedIn = await finish(url, login, context)
  if ('error' in signedIn) {
    const reason = reasonOf(signedIn.error)
    if (reason === 'denied') await store.dropTx(tx.id)
    if (isForAccount(tx)) return pages.error(reason === 'denied' ? 'account_denied' : 'failed')
    return backWithError(context, tx.request, { reason, cookies })
  }
  observe({ type: 'callback_completed', clientId: tx.request.client.id })
  if (isForAccount(tx)) return completeAccount(context, { request, tx, signedIn, cookies })
  if (signedIn.choices.length > 1) return askForChoice(context, { tx, login, signedIn })
  const choices = signedIn.choices.map(({ id }) => id)
  return completeSignIn(context, {
    request,
    tx,
    scopes: login.scopes,
    deviceHash: login.deviceHash,
    signedIn,
    choices,
    cookies,
  })
}

async function finish(
  url: URL,
  login: LoginRecord,
  { signIn, scopes, endpoint, observe }: Context,
): Promise<SignedIn | { readonly error: unknown }> {
  try {
    return await signIn.finish(url.searchParams, {
      callbackUrl: endpoint('callback'),
      scopes: scopes.permissions(login.scopes),
      signal: AbortSignal.timeout(finishMs),
      ...(login.memo !== undefined && { memo: login.memo }),
    })
  } catch (error) {
    if (!isSignInError(error) || error.code !== 'denied')
      observe({ type: 'failed', where: 'signIn.finish', error })
    return { error }
  }
}

/** Keeps the sign-in aside until the person has said which of their sites the client may use. */
async function askForChoice(
  { store, random, policy, endpoint, now }: Context,
  {
    tx,
    login,
    signedIn,
  }: { readonly tx: TxRecord; readonly login: LoginRecord; readonly signedIn: SignedIn },
): Promise<Response> {
  const id = randomText(random, 32)
  await store.putPending({
    id,
    browserHash: login.browserHash,
    deviceHash: login.deviceHash,
    txId: tx.id,
    scopes: login.scopes,
    signedIn,
    expiresAt: now() + policy.stepMs,
  })
  return seeOther(`${endpoint('sites')}?id=${id}`)
}
