import type { Refusal } from '../errors.ts'
import { refuse } from '../errors.ts'
import type { Parameters } from '../forms.ts'
import type { ClientAuthMethod } from '../records.ts'
import { equalText, sha256 } from '../tokens.ts'
import type { VerifyAssertion } from './assertion.ts'
import { clientOfAssertion } from './assertion.ts'
import type { Client } from './client.ts'
import type { FindClient } from './find.ts'

/** What a request says about who sends it. */
interface Presented {
  readonly method: ClientAuthMethod
  readonly id: string
  readonly proof: string
}

/** A client that proved itself, or why it did not. `basic` tells whether to answer with a Basic challenge. */
type Authenticated = { readonly basic: boolean } & (
  | { readonly ok: true; readonly client: Client }
  | (Refusal & {
      /** As it was sent. */
      readonly clientId?: string
      /** Whether there is such a client. */
      readonly known?: boolean
    })
)

/** Authenticates the client of a request to an endpoint for programs. */
export type Authenticate = (request: Request, form: Parameters, address: string) => Promise<Authenticated>

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Makes the check. A client uses **the method it registered and no other**: two at once, a weaker one, or a stronger one
 * that it did not register are refused with one and the same answer.
 *
 * @see RFC 6749 section 2.3, RFC 7523 section 2.2
 */
export function createAuthentication(findClient: FindClient, verifyAssertion: VerifyAssertion): Authenticate {
  async function check(
    presented: Presented,
    address: string,
  ): Promise<{ readonly ok: true; readonly client: Client } | (Refusal & { readonly known?: boolean })> {
    const { method, id, proof } = presented
    const found = await findClient(id, { address, mayBeStale: true })
    // Compared in any case, so that an unknown client takes as long as a wrong secret.
    const matches = equalText(sha256(proof), (found.ok && found.client.secretHash) || sha256('nobody'))
    if (!found.ok) return found
    const { client } = found
    if (client.metadata.authMethod !== method) return ofKnown(refuse('client_method'))
    if (method === 'none') return found
    if (method !== 'private_key_jwt') return matches ? found : ofKnown(refuse('client_secret'))
    const refusal = await verifyAssertion(client, proof)
    return refusal === undefined ? found : ofKnown(refusal)
  }

  return async (request, form, address) => {
    const authorization = request.headers.get('authorization')
    const basic = authorization !== null && /^basic /i.test(authorization)
    const presented = readPresented(authorization, form)
    if (!('id' in presented)) return { ...presented, basic }
    const result = await check(presented, address)
    return result.ok ? { ...result, basic } : { ...result, basic, clientId: presented.id }
  }
}

const ofKnown = (refusal: Refusal): Refusal & { readonly known: true } => ({ ...refusal, known: true })

function readPresented(authorization: string | null, form: Parameters): Presented | Refusal {
  const id = form.get('client_id')
  const secret = form.get('client_secret')
  const assertion = form.get('client_assertion')
  const used = [authorization, secret, assertion].filter((value) => value !== null && value !== undefined)
  if (used.length > 1) return refuse('client_several_methods')
  if (authorization !== null) {
    const credentials = readBasic(authorization)
    if (credentials === undefined || (id !== undefined && id !== credentials.id))
      return refuse('client_method')
    return { method: 'client_secret_basic', ...credentials }
  }
  if (assertion !== undefined) {
    const claimed = clientOfAssertion(assertion)
    if (form.get('client_assertion_type') !== assertionType || claimed === undefined)
      return refuse('client_assertion')
    if (id !== undefined && id !== claimed) return refuse('client_assertion')
    return { method: 'private_key_jwt', id: claimed, proof: assertion }
  }
  if (id === undefined) return refuse('client_unknown')
  return secret === undefined
    ? { method: 'none', id, proof: '' }
    : { method: 'client_secret_post', id, proof: secret }
}

/** Id and secret, each of which is form-encoded before they are joined (RFC 6749 section 2.3.1). */
function readBasic(authorization: string): { readonly id: string; readonly proof: string } | undefined {
  const encoded = /^basic +(?<encoded>[A-Za-z0-9+/=_-]{1,2000})$/i.exec(authorization)?.groups?.['encoded']
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 1) return undefined
  const id = formDecode(pair.slice(0, colon))
  const proof = formDecode(pair.slice(colon + 1))
  return id === undefined || proof === undefined ? undefined : { id, proof }
}

function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // A percent sign that encodes nothing.
    return undefined
  }
}
