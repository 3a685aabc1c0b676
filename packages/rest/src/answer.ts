import { parseJson } from './bodies.ts'
import { unreadable } from './failure.ts'
import type { Standing } from './failure.ts'
import { discard, readText } from './read-text.ts'

/** In bytes, unpacked. A page of 5,000 issues with every field stays below. */
const longestAnswer = 134_217_728

const html = /^\s*(?:text\/html|application\/xhtml)/i
const json = /[/+]json\b/i

/** The id of the task that a 303 points at, out of an address that may name any host and is never followed. */
function taskOf(location: string | null): string | undefined {
  if (location === null || !URL.canParse(location, 'https://location.invalid')) return undefined
  const last = new URL(location, 'https://location.invalid').pathname.split('/').at(-1)
  return last !== undefined && /^[\w-]{1,128}$/.test(last) ? last : undefined
}

/** Long work answers 303 to a task: the answer's own body where it has one, and the task's id in any case. */
async function readTask(standing: Standing, response: Response): Promise<unknown> {
  const { text } = await readText(response, longestAnswer)
  const id = taskOf(response.headers.get('location'))
  const body = parseJson(text)
  if (body.ok && typeof body.value === 'object' && body.value !== null)
    return { ...(id !== undefined && { id }), ...body.value }
  if (id !== undefined) return { id }
  throw unreadable(standing, response, {
    detail: 'The answer is a redirect without a task.',
    outcome: 'executed',
  })
}

/**
 * The value of a successful answer. Refuses what the operation does not answer, such as the sign-in page of a proxy:
 * that one may have kept the request to itself, while cut or missing JSON comes from a server that carried it out.
 */
export async function readAnswer(standing: Standing, response: Response): Promise<unknown> {
  const { operation } = standing
  const { status, headers } = response
  if (status === 303) return readTask(standing, response)
  if (status >= 300) {
    await discard(response)
    const detail = 'The answer is a redirect, which is never followed with credentials.'
    throw unreadable(standing, response, { detail, outcome: 'unknown' })
  }
  if (status === 204 || status === 205) {
    await discard(response)
    return undefined
  }
  const { text, cut } = await readText(response, longestAnswer)
  if (cut) throw unreadable(standing, response, { detail: 'The answer is too long.', outcome: 'executed' })
  if (text === '') {
    if (operation.res === 'empty') return undefined
    throw unreadable(standing, response, { detail: 'The answer is empty.', outcome: 'executed' })
  }
  const type = headers.get('content-type') ?? ''
  if (type !== '' && !json.test(type)) {
    if (operation.res === 'empty' && !html.test(type)) return undefined
    const kind = html.test(type) ? 'HTML' : 'another media type'
    throw unreadable(standing, response, {
      detail: `The answer is ${kind} in place of JSON.`,
      outcome: 'unknown',
    })
  }
  const body = parseJson(text)
  if (body.ok) return body.value
  throw unreadable(standing, response, {
    detail: 'The answer is no JSON, or was cut off.',
    outcome: 'executed',
  })
}
