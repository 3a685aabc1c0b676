import { BridgeError } from '../bridge-error.ts'
import type { JsonObject } from '../json/object.ts'
import { parseJsonObject } from '../json/object.ts'
import type { Http } from '../network/http.ts'
import { acceptedEncodings, readBody } from '../network/http.ts'
import type { AddressRule } from './addresses.ts'
import { safeAddress } from './addresses.ts'

/** How the documents and endpoints of a sign-in are asked. */
export interface DocumentOptions extends AddressRule {
  readonly http: Http
  readonly signal?: AbortSignal
}

/** Bytes of the largest document that is read. */
const limit = 256 * 1_024

/** Milliseconds without a byte after which a document is given up. */
const documentSilenceMs = 15_000

/** Reads a JSON document without any credentials. Undefined when there is none; follows three redirects. */
export async function getDocument(address: URL, options: DocumentOptions): Promise<JsonObject | undefined> {
  const { http, signal } = options
  let url = address
  for (let redirects = 0; redirects <= 3; redirects++) {
    const headers = { accept: 'application/json', 'accept-encoding': acceptedEncodings }
    const answer = await http({
      method: 'GET',
      url,
      headers,
      silenceMs: documentSilenceMs,
      ...(signal && { signal }),
    })
    const location = answer.header('location')
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      answer.discard()
      url = safeAddress(new URL(location, url).href, `The redirect of ${address.href}`, options)
      continue
    }
    if (answer.status >= 500 || answer.status === 429) {
      answer.discard()
      throw new BridgeError('sign_in_failed', `${url.href} answered ${answer.status}. Try again later.`)
    }
    const body = await readBody(answer, limit)
    return answer.status === 200 ? parseJsonObject(body.toString()) : undefined
  }
  throw new BridgeError('sign_in_failed', `${address.href} redirects without end.`)
}

/** What an endpoint answered. */
export interface Posted {
  readonly status: number
  /** Empty when the body is not a JSON object. */
  readonly body: JsonObject
}

/** Sends a form or a JSON document to an endpoint of the authorization server. Follows no redirect. */
export async function post(
  url: URL,
  message: {
    readonly type: string
    readonly text: string
    readonly headers?: Readonly<Record<string, string>>
  },
  { http, signal }: DocumentOptions,
): Promise<Posted> {
  const headers = { accept: 'application/json', 'content-type': message.type, ...message.headers }
  const request = { method: 'POST', url, headers, body: message.text, silenceMs: documentSilenceMs } as const
  const answer = await http({ ...request, ...(signal && { signal }) })
  const body = await readBody(answer, limit)
  return { status: answer.status, body: parseJsonObject(body.toString()) ?? {} }
}
