import { completeSignIn } from '../complete-sign-in.ts'
import type { Context, Endpoint } from '../context.ts'
import { readForm } from '../forms.ts'
import { choicePage } from '../pages/choose.ts'
import type { PageError } from '../pages/texts.ts'
import type { PendingRecord, TxRecord } from '../records.ts'
import { backWithError } from '../redirects.ts'

const idPattern = /^[A-Za-z0-9_-]{43}$/

/** A choice that is open, for the browser it belongs to. */
interface OpenChoice {
  readonly pending: PendingRecord
  readonly tx: TxRecord
  /** This browser's login value, which binds the form. */
  readonly value: string
}

/** `GET /sites`: shows what the sign-in reaches, to the browser that signed in. */
export const showChoice: Endpoint = async ({ request, url }, context) => {
  const open = await findChoice(url.searchParams.get('id'), request, context)
  return typeof open === 'string' ? context.pages.error(open) : show(context, open, { missing: false })
}

/** `POST /sites`: takes the choice, once, and completes the sign-in with it. */
export const decideChoice: Endpoint = async ({ request }, context) => {
  const { binding, pages, store, observe, now } = context
  const read = await readForm(request)
  if (!read.ok) return pages.error('bad_request')
  const { form } = read
  const open = await findChoice(form.get('id') ?? null, request, context)
  if (typeof open === 'string') return pages.error(open)
  const { pending, tx, value } = open
  const csrf = form.get('csrf')
  if (!binding.isOwnForm(request, { secret: value, step: pending.id, csrf })) {
    observe({ type: 'security', what: 'cross_site_form' })
    return pages.error('cross_site')
  }

  const approved = form.get('decision') === 'approve'
  const chosen = new Set(form.all('choice'))
  if (approved && chosen.size === 0) return show(context, open, { missing: true })
  const choices = pending.signedIn.choices.map(({ id }) => id).filter((id) => chosen.has(id))
  if (choices.length < chosen.size) return pages.error('bad_request')

  const taken = await store.takePending(pending.id, pending.browserHash, now())
  if (taken === undefined) return pages.error('choice_gone')
  const cookies = binding.finish(request, value)
  if (!approved) {
    await store.dropTx(tx.id)
    return backWithError(context, tx.request, { reason: 'denied', cookies })
  }
  const { signedIn, scopes, deviceHash } = taken
  return completeSignIn(context, { request, tx, scopes, deviceHash, signedIn, choices, cookies })
}

async function findChoice(
  id: string | null,
  request: Request,
  { store, binding, observe, now }: Context,
): Promise<OpenChoice | PageError> {
  const pending = id !== null && idPattern.test(id) ? await store.getPending(id, now()) : undefined
  if (pending === undefined) return 'choice_gone'
  const value = binding.loginOf(request, pending.browserHash)
  if (value === undefined) {
    observe({ type: 'security', what: 'foreign_browser' })
    return 'foreign_browser'
  }
  const tx = await store.getTx(pending.txId, now())
  return tx === undefined ? 'tx_gone' : { pending, tx, value }
}

function show(
  { pages, binding, endpoint }: Context,
  { pending, tx, value }: OpenChoice,
  { missing }: { readonly missing: boolean },
): Response {
  const page = choicePage({
    texts: pages.texts,
    provider: pages.provider,
    client: tx.request.client.name,
    pending,
    action: endpoint('sites'),
    csrf: binding.csrf(value, pending.id),
    missing,
  })
  return pages.show({
    ...page,
    status: missing ? 400 : 200,
    form: { kind: 'onward', redirectUri: tx.request.redirectUri },
  })
}
