import type { Context } from './context.ts'
import type { AuthorizationRequest, SignedIn, TxRecord } from './records.ts'
import { seeOther } from './replies.ts'

/** Stands in for a client where the sign-in is for the account page. No client has an id with a space in it. */
const accountClient = ' account'

/** The request of a sign-in for the account page; `grantId` names the grant whose connection is to be made again. */
export const accountRequest = (
  { endpoint, pages, resources }: Context,
  { scopes, grantId }: { readonly scopes: readonly string[]; readonly grantId?: string },
): AuthorizationRequest => ({
  client: { id: accountClient, name: pages.product, origin: { kind: 'configured' } },
  redirectUri: endpoint('account'),
  redirectUriAsSent: endpoint('account'),
  challenge: '',
  resource: resources[0]?.url ?? '',
  scopes,
  ...(grantId !== undefined && { state: grantId }),
})

/** Whether a transaction is for the account page, and so never for consent and a code. */
export const isForAccount = ({ request }: TxRecord): boolean => request.client.id === accountClient

/** A person who came back for the account page. */
export interface AccountReturn {
  readonly request: Request
  readonly tx: TxRecord
  readonly signedIn: SignedIn
  readonly cookies: readonly string[]
}

/**
 * Signs a person in to the account page, and makes the connection of a grant again if that is what they came for: only of
 * their own grant, and with the choices that it had. The upstream's tokens are kept in that case alone.
 */
export async function completeAccount(
  context: Context,
  { request, tx, signedIn, cookies }: AccountReturn,
): Promise<Response> {
  const { store, pages, binding, account, endpoint } = context
  const browser = binding.read(request)
  if (browser === undefined || !(await store.dropTx(tx.id))) return pages.error('tx_gone')
  const { state: grantId } = tx.request
  if (grantId !== undefined && !(await reconnect(context, grantId, signedIn)))
    return pages.error('account_other')
  return seeOther(`${endpoint('account')}${grantId === undefined ? '' : '?done=connected'}`, [
    ...cookies,
    ...account.begin(browser, signedIn),
  ])
}

/** False for a grant that has ended, is somebody else's, or has nothing in common with this sign-in. */
async function reconnect(
  { store, signIn, now }: Context,
  grantId: string,
  signedIn: SignedIn,
): Promise<boolean> {
  const grant = await store.getGrant(grantId)
  if (grant === undefined || grant.revoked !== undefined || grant.expiresAt <= now()) return false
  if (grant.subject !== signedIn.subject) return false
  const offered = new Set(signedIn.choices.map(({ id }) => id))
  const choices = grant.choices.filter((id) => offered.has(id))
  if (choices.length === 0 && grant.choices.length > 0) return false
  await signIn.forget(grantId, 'reconnected')
  await signIn.keep(grantId, signedIn, choices)
  return true
}
