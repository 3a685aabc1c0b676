import type { RecordedCall } from '../agents/agent.ts'
import { contains } from '../world/hidden.ts'
import type { Marker } from '../world/hidden.ts'

/** What stands in the answers and may not, a sentence each. What the request itself said is no news. */
export function findLeaks(
  calls: readonly Pick<RecordedCall, 'tool' | 'arguments' | 'text' | 'data'>[],
  hidden: readonly Marker[],
): readonly string[] {
  return calls.flatMap((call) => {
    const asked = JSON.stringify(call.arguments)
    const read = `${call.text}\n${JSON.stringify(call.data ?? {})}`
    return hidden
      .filter(({ text }) => contains(read, text) && !contains(asked, text))
      .map(({ text, of }) => `Leak: the answer of ${call.tool} holds “${text}”, which is ${of}.`)
  })
}
