import { isJsonObject, parseJsonObject } from '../json/object.ts'
import type { Answer } from '../message.ts'
import { readMessage, resultOf, textOf } from '../message.ts'

/** How much of a tool's result reaches the host. */
export interface ResultBudget {
  /** Bytes of the largest result that passes as it is. */
  readonly bytes: number
  /** Keeps a larger one whole, and answers where. Default: what is cut off is lost. */
  readonly keep?: (result: string) => Promise<URL>
}

/** An answer to `tools/call` within the budget: of a larger one the beginning, and where the rest is. */
export async function withinBudget(answer: Answer, { bytes, keep }: ResultBudget): Promise<Answer> {
  const { result, id = 'null' } = answer
  if (!result || result.end - result.start <= bytes) return answer
  const whole = textOf(answer.bytes, result)
  const { content, structuredContent: _large, ...members } = parseJsonObject(whole) ?? {}
  if (!Array.isArray(content)) return answer // It is no result of a tool, but questions to the person.
  const place = await keep?.(whole)
  const size = result.end - result.start
  const note = `[Cut by the proxy: the result has ${size} bytes, and ${bytes} are let through. ${place ? 'The whole of it is in the file below.' : 'Ask for less.'}]`
  const link = place && {
    type: 'resource_link',
    uri: place.href,
    name: 'Whole result',
    mimeType: 'application/json',
    size,
  }
  const shown = [...beginningOf(content, bytes), { type: 'text', text: note }, ...(link ? [link] : [])]
  const message = readMessage(resultOf(id, JSON.stringify({ ...members, content: shown })))
  return message.kind === 'answer' ? message : answer
}

/** As many items as fit. Of texts, the last one is cut; what is not text is there whole or not at all. */
function beginningOf(content: readonly unknown[], bytes: number): readonly unknown[] {
  let left = bytes
  return content.flatMap((item) => {
    const size = Buffer.byteLength(JSON.stringify(item))
    if (size <= left) {
      left -= size
      return [item]
    }
    const text = isJsonObject(item) && item['type'] === 'text' ? item['text'] : undefined
    const room = left
    left = 0
    if (typeof text !== 'string' || room === 0) return []
    return [
      {
        type: 'text',
        text: Buffer.from(text)
          .subarray(0, room)
          .toString()
          .replace(/\uFFFD$/, ''),
      },
    ]
  })
}
