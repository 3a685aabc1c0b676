import type { Context } from './context.ts'
import type { GrantRecord, SignedIn, TxRecord } from './records.ts'
import { backWithCode, backWithError } from './redirects.ts'
import { prefixes, randomText, sha256 } from './tokens.ts'

/** A sign-in of which everything is known. */
export interface CompletedSignIn {
  readonly request: Request
  readonly tx: TxRecord
  /** What the person approved. */
  readonly scopes: readonly string[]
  readonly deviceHash: string
  readonly signedIn: SignedIn
  readonly choices: readonly string[]
  /** To be set on the way back. */
  readonly cookies: readonly string[]
}

/**
 * Makes grant and code, and sends the browser back to the client with the code. The connection is written first, under
 * an id that was announced, so that a crash in between leaves something to sweep and no grant without a connection.
 */
export async function completeSignIn(context: Context, completed: CompletedSignIn): Promise<Response> {
  const { store, signIn, random, policy, pages, observe, now } = context
  const { request, tx, scopes, deviceHash, signedIn, choices } = completed
  const browser = context.binding.read(request)
  const cookies = [
    ...completed.cookies,
    ...(browser === undefined
      ? []
      : context.grantedBefore.remember(request, browser, { ...tx.request, scopes })),
  ]
  const { client } = tx.request
  const id = randomText(random, 16)
  const code = `${prefixes.code}${randomText(random, 32)}`
  await store.reserveGrant(id, now() + policy.stepMs)
  try {
    await signIn.keep(id, signedIn, choices)
  } catch (error) {
    observe({ type: 'failed', where: 'signIn.keep', error })
    await forget(context, id)
    return backWithError(context, tx.request, { reason: 'upstream_unavailable', cookies })
  }

  const at = now()
  const grant: GrantRecord = {
    id,
    clientId: client.id,
    clientName: client.name,
    subject: signedIn.subject,
    label: signedIn.label,
    resource: tx.request.resource,
    scopes,
    choices,
    deviceHash,
    createdAt: at,
    lastUsedAt: at,
    expiresAt: at + policy.codeMs,
  }
  const created = await store.createGrant({
    grant,
    code: {
      hash: sha256(code),
      grantId: id,
      clientId: client.id,
      redirectUri: tx.request.redirectUriAsSent,
      challenge: tx.request.challenge,
      resource: tx.request.resource,
      scopes,
      expiresAt: at + policy.codeMs,
    },
    txId: tx.id,
    now: at,
  })
  if (!created) {
    await forget(context, id)
    return pages.error('tx_gone')
  }
  if (client.origin.kind === 'registered')
    await store.touchClient(client.id, { now: at, expiresAt: at + policy.idleClientMs })
  observe({ type: 'grant_created', clientId: client.id, grantId: id })
  return backWithCode(context, tx.request, { code, cookies })
}

/** Takes back what was kept for a grant that never came to be. What fails here is repeated by the sweep. */
async function forget({ store, signIn, observe }: Context, id: string): Promise<void> {
  try {
    await signIn.forget(id, 'abandoned')
    await store.markForgotten(id)
  } catch (error) {
    observe({ type: 'failed', where: 'signIn.forget', error })
  }
}
