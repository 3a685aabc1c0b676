import type { Client, ServiceRights } from '../clients/client.ts'
import type { Context } from '../context.ts'
import { refuse, type Refusal } from '../errors.ts'
import type { Parameters } from '../forms.ts'
import type { GrantRecord, SignedIn } from '../records.ts'
import { findResource } from '../resources.ts'
import { reasonOf } from '../sign-in-failure.ts'
import { randomText, sha256 } from '../tokens.ts'
import { mintAccess, tokenBody, type TokenAnswer } from './token-answer.ts'

const signInMs = 15_000

/**
 * Gives a client that the operator entered a token in its own name. Each has a grant and a connection of its own, which
 * end with it: there is nothing to refresh, since the client can ask again.
 *
 * @see RFC 6749 section 4.4
 */
export async function serveClient(context: Context, client: Client, form: Parameters): Promise<TokenAnswer> {
  const { service, metadata } = client
  const { signIn, resources, observe } = context
  if (service === undefined || metadata.authMethod === 'none' || signIn.serve === undefined)
    return refuse('grant_type_foreign')
  const resource = findResource(form.all('resource'), resources)
  if (resource === undefined) return refuse('resource_unknown')
  const scopes = scopesFor(context, service, form.get('scope'))
  if ('ok' in scopes) return scopes
  try {
    const signal = AbortSignal.timeout(signInMs)
    const signedIn = await signIn.serve({ clientId: client.id, scopes, signal })
    return await grantTo(context, client, { signedIn, scopes, resource: resource.url })
  } catch (error) {
    observe({ type: 'failed', where: 'signIn.serve', error })
    return refuse(reasonOf(error))
  }
}

/** What was asked for, or all there is; never `offline_access`, since there is no refresh token. */
function scopesFor(
  { scopes }: Pick<Context, 'scopes'>,
  service: ServiceRights,
  asked: string | undefined,
): readonly string[] | Refusal {
  const allowed = scopes.permissions(scopes.close(service.scopes))
  if (asked === undefined) return allowed
  const parsed = scopes.parse(asked)
  const wanted = parsed && scopes.permissions(parsed)
  if (wanted === undefined || wanted.length === 0) return refuse('scope_unknown')
  return scopes.within(wanted, allowed) ? wanted : refuse('scope_beyond')
}

/** Grant, code and token in one go: the code is redeemed before anybody could see it. */
async function grantTo(
  context: Context,
  client: Client,
  {
    signedIn,
    scopes,
    resource,
  }: { readonly signedIn: SignedIn; readonly scopes: readonly string[]; readonly resource: string },
): Promise<TokenAnswer> {
  const { store, signIn, random, policy, now, observe } = context
  const at = now()
  const expiresAt = at + policy.codeMs
  const [id, txId, code] = [randomText(random, 16), randomText(random, 32), randomText(random, 32)]
  const choices = signedIn.choices.map((choice) => choice.id)
  const nowhere = { redirectUri: '', redirectUriAsSent: '', challenge: '' }
  const { name } = client.metadata
  const request = { client: { id: client.id, name, origin: client.origin }, resource, scopes, ...nowhere }
  const tx = { id: txId, request, approveBy: expiresAt, expiresAt }
  if (!(await store.putTx(tx, { limit: policy.openRequests, now: at }))) return refuse('busy')
  await store.reserveGrant(id, expiresAt)
  await signIn.keep(id, signedIn, choices)
  const grant: GrantRecord = {
    id,
    clientId: client.id,
    clientName: name,
    subject: signedIn.subject,
    label: signedIn.label,
    resource,
    scopes,
    choices,
    deviceHash: '',
    createdAt: at,
    lastUsedAt: at,
    expiresAt,
  }
  const hash = sha256(code)
  const row = {
    hash,
    grantId: id,
    clientId: client.id,
    resource,
    scopes,
    expiresAt,
    redirectUri: '',
    challenge: '',
  }
  const created = await store.createGrant({ grant, code: row, txId, now: at })
  const minted = await mintAccess(context, grant, { scopes })
  if (!created || !(await store.consumeCode({ hash, now: now(), access: minted.access })))
    return refuse('failed')
  observe({ type: 'grant_created', clientId: client.id, grantId: id })
  return { ok: true, body: tokenBody(context, minted) }
}
