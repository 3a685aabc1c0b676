import type { Context, Endpoint, Exchange } from '../context.ts'
import { readForm } from '../forms.ts'
import { consentPage } from '../pages/consent.ts'
import type { TxRecord } from '../records.ts'
import { backWithError } from '../redirects.ts'
import { seeOther } from '../replies.ts'
import { reasonOf } from '../sign-in-failure.ts'
import { isSignInError } from '../sign-in.ts'
import { randomText, sha256 } from '../tokens.ts'

const txPattern = /^[A-Za-z0-9_-]{43}$/
const longestMemo = 2048

/**
 * `GET /consent`: shows who asks for what, before anything else happens. Tells this browser from others by a cookie
 * that has no other meaning.
 */
export const showConsent: Endpoint = async ({ request, url }, context) => {
  const { binding, scopes, signIn, pages, endpoint, now } = context
  const tx = await findTx(url.searchParams.get('tx'), context)
  if (tx === undefined) return pages.error('tx_gone')
  if (tx.approveBy <= now()) return pages.error('too_late')
  const known = binding.read(request)
  const { browser, cookies } = known === undefined ? binding.introduce() : { browser: known, cookies: [] }
  const permissions = new Set(scopes.permissions(tx.request.scopes))
  const page = consentPage({
    texts: pages.texts,
    product: pages.product,
    provider: pages.provider,
    request: tx.request,
    permissions: scopes.all.filter(({ name }) => permissions.has(name)),
    upstream: signIn.describe?.([...permissions]) ?? [],
    now: now(),
    action: endpoint('consent'),
    tx: tx.id,
    csrf: binding.csrf(browser, tx.id),
  })
  return pages.show({ ...page, form: { kind: 'onward', redirectUri: tx.request.redirectUri }, cookies })
}

/**
 * `POST /consent`: takes the decision, from the page shown to this browser and from nowhere else. Only an approval sets
 * the login cookie, always to a new value, and sends the browser to the sign-in.
 */
export const decideConsent: Endpoint = async (exchange, context) => {
  const { request } = exchange
  const { binding, pages, store, observe, now } = context
  const read = await readForm(request)
  if (!read.ok) return pages.error('bad_request')
  const { form } = read
  const id = form.get('tx') ?? ''
  const browser = binding.read(request)
  const csrf = form.get('csrf')
  if (browser === undefined || !binding.isOwnForm(request, { secret: browser, step: id, csrf })) {
    observe({ type: 'security', what: 'cross_site_form' })
    return pages.error('cross_site')
  }
  const tx = await findTx(id, context)
  if (tx === undefined) return pages.error('tx_gone')
  if (form.get('decision') !== 'approve') {
    const dropped = await store.dropTx(tx.id)
    return dropped ? backWithError(context, tx.request, { reason: 'denied' }) : pages.error('tx_gone')
  }
  if (tx.approveBy <= now()) return pages.error('too_late')
  const readOnly = form.get('access') !== 'write'
  const approved = readOnly ? context.scopes.readOnly(tx.request.scopes) : tx.request.scopes
  if (context.scopes.permissions(approved).length === 0) return pages.error('bad_request')
  return approve(exchange, context, { tx, browser, approved })
}

async function approve(
  { request }: Exchange,
  context: Context,
  {
    tx,
    browser,
    approved,
  }: { readonly tx: TxRecord; readonly browser: string; readonly approved: readonly string[] },
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

async function findTx(id: string | null, { store, now }: Context): Promise<TxRecord | undefined> {
  return id !== null && txPattern.test(id) ? store.getTx(id, now()) : undefined
}
