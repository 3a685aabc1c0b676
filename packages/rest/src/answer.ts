import type { Standing } from './failure.ts'
import { parseJson } from './parse-json.ts'
import { loadFailing } from './parts.ts'
import { discard, readText } from './read-text.ts'

/** In bytes, unpacked. A page of 5,000 issues with every field stays below. */
const longestAnswer = 134_217_728

const json = /[/+]json\b/i

/** The value of an answer below 400. What is no plain JSON is left to be looked at closely. */
export async function readAnswer(standing: Standing, response: Response): Promise<unknown> {
  const { status, headers } = response
  if (status === 204 || status === 205) {
    await discard(response)
    return undefined
  }
  if (status >= 300) {
    const { readRedirect } = await loadFailing()
    return readRedirect(standing, response)
  }
  const read = await readText(response, longestAnswer)
  if (!read.cut && json.test(headers.get('content-type') ?? '')) {
    const body = parseJson(read.text)
    if (body.ok) return body.value
  }
  const { readOdd } = await loadFailing()
  return readOdd(standing, response, read)
}
