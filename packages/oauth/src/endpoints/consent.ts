import { isForAccount } from '../complete-account.ts'
import type { Context, Endpoint } from '../context.ts'
import { readForm, type Parameters } from '../forms.ts'
import { consentPage } from '../pages/consent.ts'
import type { TxRecord } from '../records.ts'
import { backWithError } from '../redirects.ts'
import { startSignIn } from '../start-sign-in.ts'

const txPattern = /^[A-Za-z0-9_-]{43}$/

/**
 * `GET /consent`: shows who asks for what, before anything else happens. Tells this browser from others by a cookie
 * that has no other meaning.
 */
export const showConsent: Endpoint = async ({ request, url }, context) => {
  const { binding, pages, now } = context
  const tx = await findTx(url.searchParams.get('tx'), context)
  if (tx === undefined) return pages.error('tx_gone')
  if (tx.approveBy <= now()) return pages.error('too_late')
  const known = binding.read(request)
  const { browser, cookies } = known === undefined ? binding.introduce() : { browser: known, cookies: [] }
  return show(context, { request, tx, browser, cookies })
}

interface Shown {
  readonly request: Request
  readonly tx: TxRecord
  readonly browser: string
  readonly cookies?: readonly string[]
  /** Whether the page came back because nothing was left to allow. */
  readonly missing?: boolean
}

function show(context: Context, { request, tx, browser, cookies = [], missing = false }: Shown): Response {
  const { binding, grantedBefore, scopes, signIn, pages, endpoint, now } = context
  const names = new Set(scopes.permissions(tx.request.scopes))
  const before = grantedBefore.read(request, browser, tx.request)
  const page = consentPage({
    texts: pages.texts,
    product: pages.product,
    provider: pages.provider,
    request: tx.request,
    permissions: scopes.all.filter(({ name }) => names.has(name)),
    ...(before && { before }),
    describe: (some) => signIn.describe?.(some) ?? [],
    now: now(),
    action: endpoint('consent'),
    tx: tx.id,
    csrf: binding.csrf(browser, tx.id),
    missing,
  })
  const form = { kind: 'onward', redirectUri: tx.request.redirectUri } as const
  return pages.show({ ...page, form, cookies, status: missing ? 400 : 200 })
}

/**
 * `POST /consent`: takes the decision, from the page shown to this browser and from nowhere else. Only an approval sets
 * the login cookie, always to a new value, and sends the browser to the sign-in.
 */
export const decideConsent: Endpoint = async ({ request }, context) => {
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
  const scopes = agreed(form, tx, context)
  if (context.scopes.permissions(scopes).length > 0)
    return startSignIn(context, { request, tx, browser, scopes })
  return form.get('grouped') === undefined
    ? pages.error('bad_request')
    : show(context, { request, tx, browser, missing: true })
}

/** What is left of the request after the person's choice: reading only, or without a product. */
function agreed(form: Parameters, { request }: TxRecord, { scopes }: Context): readonly string[] {
  const wanted = form.get('access') === 'write' ? request.scopes : scopes.readOnly(request.scopes)
  if (form.get('grouped') === undefined) return wanted
  const groups = new Set(form.all('group'))
  return scopes.close(
    scopes.all
      .filter(
        ({ name, group, tier }) => wanted.includes(name) && (tier === 'session' || groups.has(group ?? '')),
      )
      .map(({ name }) => name),
  )
}

async function findTx(id: string | null, { store, now }: Context): Promise<TxRecord | undefined> {
  const tx = id !== null && txPattern.test(id) ? await store.getTx(id, now()) : undefined
  return tx !== undefined && isForAccount(tx) ? undefined : tx
}
