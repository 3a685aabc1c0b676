import { parseJson } from './parse-json.ts'

/** What an error body says, whichever of Atlassian's families it belongs to. All of it is text of others. */
export interface Complaint {
  readonly messages: readonly string[]
  readonly fieldErrors: Readonly<Record<string, string>>
  /** The gateway's 401 for a token that is alive and lacks a scope. */
  readonly lacksScope: boolean
}

const mostMessages = 20
const mostFields = 50
const longestText = 1_000

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** v1 puts the class of the Java exception in front of its sentence. */
const javaClass = /^(?:[\w$]+\.){2,}[\w$]+(?:Exception|Error): /

/** Members that hold a sentence, the most telling first: v1's errors, problem documents, JSM, gateway, OAuth. */
const sentences = [
  'translation',
  'detail',
  'title',
  'errorMessage',
  'message',
  'key',
  'error_description',
  'error',
]

function sentenceOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    const text = value.replace(javaClass, '').trim()
    return text === '' ? undefined : text.slice(0, longestText)
  }
  if (!isObject(value) || depth > 2) return undefined
  for (const name of sentences) {
    const text = sentenceOf(value[name], depth + 1)
    if (text !== undefined) return text
  }
  return undefined
}

// Members that hold lists of sentences: Jira, Confluence v2, Confluence v1, and one failed element of a bulk call.
function* membersOf(body: Json): Generator {
  yield* listOf(body['errorMessages'])
  for (const error of listOf(body['errors'])) {
    const element = isObject(error) ? error['elementErrors'] : undefined
    if (isObject(element)) {
      yield* listOf(element['errorMessages'])
      yield* Object.values(isObject(element['errors']) ? element['errors'] : {})
    } else yield error
  }
  const data = body['data']
  if (isObject(data)) yield* listOf(data['errors'])
  yield body
}

/** Where `errors` is an object, its members are fields: Jira. */
function fieldsOf(body: Json): Record<string, string> {
  const errors = isObject(body['errors']) ? body['errors'] : {}
  return Object.fromEntries(
    Object.entries(errors)
      .slice(0, mostFields)
      .map(
        ([name, value]) =>
          [name.slice(0, longestText), sentenceOf(value) ?? sentenceOf(listOf(value)[0])] as const,
      )
      .filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  )
}

/**
 * Reads an error body. Takes what it finds and never throws; HTML, cut JSON and other shapes give no messages, because
 * nobody should read a page of markup.
 */
export function readComplaint(text: string): Complaint {
  const lacksScope = /scope does not match/i.test(text)
  const parsed = parseJson(text)
  const body = parsed.ok && isObject(parsed.value) ? parsed.value : {}
  const messages = new Set<string>()
  for (const member of membersOf(body)) {
    const message = sentenceOf(member)
    if (message !== undefined && messages.size < mostMessages) messages.add(message)
  }
  return { messages: [...messages], fieldErrors: fieldsOf(body), lacksScope }
}
