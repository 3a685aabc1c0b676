import { BridgeError } from '../bridge-error.ts'
import { textMember } from '../json/members.ts'
import type { JsonObject } from '../json/object.ts'
import { objectIn, parseJsonObject, textIn } from '../json/object.ts'
import type { Answer } from '../message.ts'
import { textOf } from '../message.ts'
import type { Questions } from '../questions.ts'

/** Times that a server may come back with questions before its request is given up. */
export const maxRounds = 10

/** Questions that a server may ask at once. */
const maxQuestions = 8

const sign = Buffer.from('"input_required"')

/** Whether an answer of the modern era is no result but questions to the person. The text is looked for before it is parsed. */
export function isInputRequired({ bytes, result }: Answer): boolean {
  if (!result || bytes.indexOf(sign) < 0) return false
  return textMember(bytes, result, 'resultType') === 'input_required'
}

/**
 * Puts the questions of a modern server to a legacy host, as requests of its own era, and makes of the answers the
 * members that the repeated request carries. Throws `BridgeError` `unsupported` when the host cannot answer.
 */
export async function answerQuestions(
  answer: Answer,
  questions: Questions,
  signal: AbortSignal,
): Promise<string> {
  const result = answer.result && parseJsonObject(textOf(answer.bytes, answer.result))
  const asked = Object.entries(objectIn(result, 'inputRequests'))
  if (asked.length > maxQuestions)
    throw new BridgeError('unsupported', 'The server asks too many questions at once.')
  const answers = await Promise.all(asked.map(async ([key, question]) => [key, await put(question)] as const))
  const responses = answers.map(([key, response]) => `${JSON.stringify(key)}:${response}`).join(',')
  const state = textIn(result, 'requestState')
  const members = [
    ...(asked.length === 0 ? [] : [`"inputResponses":{${responses}}`]),
    ...(state === undefined ? [] : [`"requestState":${JSON.stringify(state)}`]),
  ]
  if (members.length === 0)
    throw new BridgeError('unusable_answer', 'The server asks for input and does not say for what.')
  return members.join(',')

  async function put(question: unknown): Promise<string> {
    const { method, params } = questionIn(question)
    const reply = await questions.ask(method, params, signal)
    if (reply.result) return textOf(reply.bytes, reply.result)
    throw new BridgeError(
      'unsupported',
      `The server asks for ${method}, which this host cannot answer. Nothing more was done.`,
    )
  }
}

/** The requests that a server may make of a person's host. */
const askable: ReadonlySet<string> = new Set(['elicitation/create', 'sampling/createMessage', 'roots/list'])

function questionIn(value: unknown): { readonly method: string; readonly params: string } {
  const question: JsonObject = objectIn({ question: value }, 'question')
  const method = textIn(question, 'method')
  if (method === undefined || !askable.has(method)) {
    throw new BridgeError('unsupported', 'The server asks for something that this proxy does not know.')
  }
  return { method, params: JSON.stringify(objectIn(question, 'params')) }
}
