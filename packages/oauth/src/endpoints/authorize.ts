import type { Client } from '../clients/client.ts'
import { matchRedirectUri } from '../clients/redirect-uri.ts'
import type { Context, Endpoint } from '../context.ts'
import type { Reason, Refusal } from '../errors.ts'
import { refuse } from '../errors.ts'
import { readParameters, type Parameters } from '../forms.ts'
import type { PageError } from '../pages/texts.ts'
import { isChallenge } from '../pkce.ts'
import type { AuthorizationRequest } from '../records.ts'
import { backWithError, type ReturnAddress } from '../redirects.ts'
import { seeOther } from '../replies.ts'
import { findResource } from '../resources.ts'
import { randomText, tellableId } from '../tokens.ts'

const longestAddress = 8 * 1024
const longestParameter = 2 * 1024

/**
 * `GET /authorize`. Until client and redirect address are known to belong together, whatever is wrong is said on a page
 * of ours; from then on it goes back to the client. What is right becomes a transaction, and the browser goes to consent.
 *
 * @see OAuth 2.1 section 4.1.1, RFC 7636, RFC 8707, RFC 9207
 */
export const authorize: Endpoint = async ({ url, address }, context) => {
  const { findClient, pages, observe } = context
  const onPage = (
    error: PageError,
    refusal: Refusal,
    known: { readonly clientId?: string } = {},
  ): Response => {
    const { reason, retryAfterMs } = refusal
    observe({ type: 'refused', endpoint: 'authorize', reason, ...known })
    return pages.error(error, { ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }

  if (url.href.length > longestAddress) return onPage('bad_request', refuse('parameter_too_long'))
  const read = readParameters(url.searchParams, longestParameter)
  if (!read.ok) return onPage('bad_request', read)
  const { form } = read
  const clientId = form.get('client_id')
  if (clientId === undefined) return onPage('bad_request', refuse('parameter_missing'))

  const found = await findClient(clientId, { address, mayBeStale: false })
  if (!found.ok) return onPage(clientPages[found.reason] ?? 'client_unknown', found, tellableId(clientId))
  const { client } = found
  const sent = form.get('redirect_uri')
  const redirectUri = findRedirect(client, sent)
  if (redirectUri === undefined)
    return onPage(sent === undefined ? 'redirect_missing' : 'redirect_mismatch', refuse('redirect_invalid'), {
      clientId,
    })

  const state = form.get('state')
  const to: ReturnAddress = { redirectUri, ...(state !== undefined && { state }) }
  const checked = checkRequest(form, context)
  const started = checked.ok
    ? await begin(context, {
        client: { id: client.id, name: client.metadata.name, origin: client.origin },
        ...to,
        redirectUriAsSent: sent ?? redirectUri,
        ...checked.request,
      })
    : checked
  if (started.ok) return seeOther(`${context.endpoint('consent')}?tx=${started.tx}`)
  observe({ type: 'refused', endpoint: 'authorize', reason: started.reason, clientId })
  return backWithError(context, to, started)
}

const clientPages: Readonly<Partial<Record<Reason, PageError>>> = {
  client_unknown: 'client_unknown',
  client_document: 'client_document',
  rate_limited: 'rate_limited',
}

function findRedirect({ metadata }: Client, sent: string | undefined): string | undefined {
  const { redirectUris } = metadata
  if (sent !== undefined) return matchRedirectUri(sent, redirectUris)
  return redirectUris.length === 1 ? redirectUris[0] : undefined
}

type Checked = Pick<AuthorizationRequest, 'challenge' | 'resource' | 'scopes'>

/** The checks whose failures the client learns, in the order in which it learns them. */
function checkRequest(
  form: Parameters,
  { resources, scopes }: Context,
): { readonly ok: true; readonly request: Checked } | Refusal {
  if (form.get('response_type') !== 'code') return refuse('response_type_unsupported')
  if ((form.get('response_mode') ?? 'query') !== 'query') return refuse('response_mode_unsupported')
  const challenge = form.get('code_challenge')
  // RFC 7636 section 4.3: an absent method means `plain`, which is refused as well.
  if (challenge === undefined || !isChallenge(challenge) || form.get('code_challenge_method') !== 'S256')
    return refuse('challenge_invalid')
  const resource = findResource(form.all('resource'), resources)
  if (resource === undefined) return refuse('resource_unknown')
  const asked = form.get('scope')
  const granted = asked === undefined ? scopes.close(defaultScopes(resource, scopes)) : scopes.parse(asked)
  if (granted === undefined || scopes.permissions(granted).length === 0) return refuse('scope_unknown')
  if (form.get('request') !== undefined) return refuse('request_object')
  if (form.get('request_uri') !== undefined) return refuse('request_uri')
  return { ok: true, request: { challenge, resource: resource.url, scopes: granted } }
}

const defaultScopes = (
  { defaultScopes: configured }: Context['resources'][number],
  scopes: Context['scopes'],
): readonly string[] => configured ?? scopes.permissions(scopes.all.map(({ name }) => name))

async function begin(
  { store, random, now, policy }: Context,
  request: AuthorizationRequest,
): Promise<{ readonly ok: true; readonly tx: string } | Refusal> {
  const id = randomText(random, 32)
  const kept = await store.putTx(
    {
      id,
      request,
      approveBy: now() + policy.stepMs,
      // A person may use the whole of one step, and then still needs the next two.
      expiresAt: now() + 3 * policy.stepMs,
    },
    { limit: policy.openRequests, now: now() },
  )
  return kept ? { ok: true, tx: id } : refuse('busy')
}
