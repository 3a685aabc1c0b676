import { unreadable } from './failure.ts'
import type { Standing } from './failure.ts'
import { parseJson } from './parse-json.ts'
import { discard, readText } from './read-text.ts'
import type { Read } from './read-text.ts'

/** In bytes. A task says where it stands in less. */
const longestTask = 1_048_576

const html = /^\s*(?:text\/html|application\/xhtml)/i
const json = /[/+]json\b/i

/** The id of the task that a 303 points at, out of an address that may name any host and is never followed. */
function taskOf(location: string | null): string | undefined {
  if (location === null || !URL.canParse(location, 'https://location.invalid')) return undefined
  const last = new URL(location, 'https://location.invalid').pathname.split('/').at(-1)
  return last !== undefined && /^[\w-]{1,128}$/.test(last) ? last : undefined
}

/**
 * The value of a redirect. Long work answers 303 to a task: the answer's own body where it has one, and the task's id in
 * any case. No other redirect is an answer.
 */
export async function readRedirect(standing: Standing, response: Response): Promise<unknown> {
  if (response.status !== 303) {
    await discard(response)
    const detail = 'The answer is a redirect, which is never followed with credentials.'
    throw unreadable(standing, response, { detail, outcome: 'unknown' })
  }
  const { text } = await readText(response, longestTask)
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
 * The value of a success that is no plain JSON: nothing where nothing is answered, JSON without a media type. Refuses
 * what the operation does not answer, such as the sign-in page of a proxy: that one may have kept the request to itself,
 * while cut or missing JSON comes from a server that carried it out.
 */
export function readOdd(standing: Standing, response: Response, { text, cut }: Read): unknown {
  const { operation } = standing
  if (cut) throw unreadable(standing, response, { detail: 'The answer is too long.', outcome: 'executed' })
  if (text === '') {
    if (operation.res === 'empty') return undefined
    throw unreadable(standing, response, { detail: 'The answer is empty.', outcome: 'executed' })
  }
  const type = response.headers.get('content-type') ?? ''
  if (type !== '' && !json.test(type)) {
    if (operation.res === 'empty' && !html.test(type)) return undefined
    const kind = html.test(type) ? 'HTML' : 'another media type'
    const detail = `The answer is ${kind} in place of JSON.`
    throw unreadable(standing, response, { detail, outcome: 'unknown' })
  }
  const body = parseJson(text)
  if (body.ok) return body.value
  throw unreadable(standing, response, {
    detail: 'The answer is no JSON, or was cut off.',
    outcome: 'executed',
  })
}
