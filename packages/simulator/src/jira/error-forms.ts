import type { Served } from '../http/call.ts'
import { Refusal, type Reply } from '../http/reply.ts'
import { asList, asObject, asText } from '../http/value.ts'

/** What a refusal says, in sentences. */
export function sentencesOf({ body }: Reply): readonly string[] {
  const { errorMessages, errors } = asObject(body) ?? {}
  const all = [...(asList(errorMessages) ?? []), ...Object.values(asObject(errors) ?? {})]
  return all.map((sentence) => asText(sentence) ?? '')
}

/** Forms of refusals that some operations have in place of the usual one (documented). */
export const errorForms = {
  /** Of the operations on many issues. */
  bulk: (sentences: readonly string[]) => ({ errors: sentences.map((message) => ({ message })) }),
  /** Of tasks that cannot be cancelled. */
  list: (sentences: readonly string[]) => sentences,
  text: (sentences: readonly string[]) => sentences.join(' '),
  /** Of making several issues, when the body as a whole is wrong. */
  created: (sentences: readonly string[]) => ({
    issues: [],
    errors: [
      { status: 400, elementErrors: { errorMessages: sentences, errors: {} }, failedElementNumber: 0 },
    ],
  }),
} as const

/** An operation whose refusals have another form. */
export function inForm(served: Served, form: keyof typeof errorForms): Served {
  const reshape = (reply: Reply): Reply => {
    const sentences = sentencesOf(reply)
    return reply.status < 400 || sentences.length === 0 || reply.status === 401
      ? reply
      : { ...reply, body: errorForms[form](sentences) }
  }
  return {
    ...served,
    run(call) {
      try {
        const reply = served.run(call)
        return 'issues' in (asObject(reply.body) ?? {}) ? reply : reshape(reply)
      } catch (error) {
        if (error instanceof Refusal) return reshape(error.reply)
        throw error
      }
    },
  }
}
