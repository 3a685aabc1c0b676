import type { Client } from '../clients/client.ts'
import type { Context, Exchange } from '../context.ts'
import type { Refusal } from '../errors.ts'
import { readForm, type Parameters } from '../forms.ts'
import { cors, refusalReply } from '../replies.ts'
import { tellableId } from '../tokens.ts'

/** A form from a client that proved itself; or the finished answer. */
export type ClientRequest =
  | { readonly ok: true; readonly client: Client; readonly form: Parameters }
  | { readonly ok: false; readonly response: Response }

/** Reads a form sent to an endpoint for programs, and authenticates the client that sent it. */
export async function readClientRequest(
  { request, address }: Exchange,
  context: Context,
  endpoint: string,
): Promise<ClientRequest> {
  const no = (
    refusal: Refusal,
    more: { readonly clientId?: string; readonly basic?: boolean } = {},
  ): ClientRequest => ({
    ok: false,
    response: refuseClient(context, refusal, { endpoint, ...more }),
  })
  const limited = context.guard('token', address)
  if (limited !== undefined) return no(limited)
  const read = await readForm(request)
  if (!read.ok) return no(read)
  const result = await context.authenticate(request, read.form, address)
  if (result.ok) return { ok: true, client: result.client, form: read.form }
  const { clientId = '', known = false, basic, ...refusal } = result
  const tooOften = context.guard('client-failure', `${clientId} ${address}`)
  return no(tooOften ?? refusal, { basic, ...(known ? { clientId } : tellableId(clientId)) })
}

/** Answers a program that was refused. A Basic challenge goes only to who came with Basic (RFC 6749 section 5.2). */
export function refuseClient(
  { observe }: Pick<Context, 'observe'>,
  refusal: Refusal,
  {
    endpoint,
    clientId,
    basic = false,
  }: { readonly endpoint: string; readonly clientId?: string; readonly basic?: boolean },
): Response {
  observe({ type: 'refused', endpoint, reason: refusal.reason, ...(clientId !== undefined && { clientId }) })
  const reply = refusalReply(refusal, cors)
  if (basic && reply.status === 401)
    reply.headers.set('www-authenticate', 'Basic realm="token", charset="UTF-8"')
  return reply
}
