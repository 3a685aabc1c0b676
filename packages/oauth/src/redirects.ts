import type { Context } from './context.ts'
import { wireOf, type Reason } from './errors.ts'
import type { AuthorizationRequest } from './records.ts'
import { seeOther } from './replies.ts'

/** Where an answer goes, and what goes back with it. */
export type ReturnAddress = Pick<AuthorizationRequest, 'redirectUri' | 'state'>

type Issuing = Pick<Context, 'issuer'>

/** Sends the browser back to the client with a code. */
export const backWithCode = (
  { issuer }: Issuing,
  to: ReturnAddress,
  { code, cookies }: { readonly code: string; readonly cookies: readonly string[] },
): Response => back(issuer, to, { parameters: { code }, cookies })

/** Sends the browser back to the client with an error. Says nothing that came from upstream. */
export function backWithError(
  { issuer }: Issuing,
  to: ReturnAddress,
  { reason, cookies = [] }: { readonly reason: Reason; readonly cookies?: readonly string[] },
): Response {
  const { error, description } = wireOf(reason)
  return back(issuer, to, { parameters: { error, error_description: description }, cookies })
}

/** Each way back carries the client's `state`, and exactly one `iss` (RFC 9207). */
function back(
  iss: string,
  { redirectUri, state }: ReturnAddress,
  {
    parameters,
    cookies,
  }: { readonly parameters: Readonly<Record<string, string>>; readonly cookies: readonly string[] },
): Response {
  const query = new URLSearchParams({ ...parameters, ...(state !== undefined && { state }), iss })
  return seeOther(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`, cookies)
}
