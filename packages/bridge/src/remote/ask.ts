import type { JsonObject } from '../json/object.ts'
import { numberIn, objectIn, parseJsonObject } from '../json/object.ts'
import { keyOfId, requestOf, textOf } from '../message.ts'
import type { HttpAnswer } from '../network/http.ts'
import type { ExchangeOptions } from './exchange.ts'
import { exchange } from './exchange.ts'
import type { OnMessage } from './messages.ts'

/** A request of the bridge itself. */
export interface Question {
  readonly id: string
  readonly method: string
  /** Raw JSON. */
  readonly params: string
  readonly headers?: Readonly<Record<string, string>>
  readonly onMessage?: OnMessage
  readonly onAnswer?: (answer: HttpAnswer) => void
  /** Milliseconds without a byte after which it is given up. */
  readonly silenceMs?: number
  readonly signal: AbortSignal
}

/** What came back. */
export type Reply =
  | { readonly ok: true; readonly result: JsonObject }
  | { readonly ok: false; readonly code: number | undefined; readonly data: JsonObject }

/** Asks the server something on the bridge's own account, and waits for a sign-in as long as it takes. */
export async function ask(question: Question, options: ExchangeOptions): Promise<Reply> {
  const { id, method, params, headers, onMessage = () => undefined, onAnswer, silenceMs, signal } = question
  const idText = JSON.stringify(id)
  const answer = await exchange(
    {
      bytes: requestOf(idText, method, params),
      key: keyOfId(id) ?? idText,
      method,
      repeatable: true,
      patient: true,
      onMessage,
      signal,
      ...(headers && { headers }),
      ...(onAnswer && { onAnswer }),
      ...(silenceMs !== undefined && { silenceMs }),
    },
    options,
  )
  if (answer.result) return { ok: true, result: parseJsonObject(textOf(answer.bytes, answer.result)) ?? {} }
  const error = answer.error && parseJsonObject(textOf(answer.bytes, answer.error))
  return { ok: false, code: numberIn(error, 'code'), data: objectIn(error, 'data') }
}
