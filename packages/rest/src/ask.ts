import { readAnswer } from './answer.ts'
import type { Connection } from './connection.ts'
import type { OperationSpec } from './operation.ts'
import type { CallOptions } from './options.ts'
import { loadFailing } from './parts.ts'
import { perform } from './perform.ts'
import type { AnyInput } from './request.ts'

/** What is called, and with what. */
export interface Asked {
  readonly operation: OperationSpec
  readonly input: AnyInput
}

/** An answer that was read whole. */
export interface Answer {
  readonly answer: unknown
  readonly headers: Headers
}

/** A call whose answer is read whole. */
export async function ask(connection: Connection, asked: Asked, options: CallOptions): Promise<Answer> {
  const { operation, input } = asked
  if (operation.res === 'binary') {
    const { refused } = await loadFailing()
    throw refused(operation, 'It answers bytes: use stream.')
  }
  const answered = await perform<Answer>(connection, {
    operation,
    input,
    options,
    finish: async ({ standing, response }) => ({
      answer: await readAnswer(standing, response),
      headers: response.headers,
    }),
    done: { answer: undefined, headers: new Headers() },
  })
  const { hooks, auth } = connection
  for (const { afterAnswer } of hooks) {
    afterAnswer?.({ operation, input, tenant: auth.tenant, answer: answered.answer })
  }
  return answered
}
