import { readFileSync } from 'node:fs'

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

import type { Claim } from '../claims/claim.ts'
import { departureOf } from '../claims/departures.ts'
import type { ObservedAnswer } from '../observed-answer.ts'
import { formats } from './formats.ts'

/** Compares answers with what Atlassian's documents say of them. */
export interface AnswerCheck {
  /** To be handed to `createSimulator` as `onAnswer`. */
  readonly onAnswer: (answer: ObservedAnswer) => void
  /** How many answers were compared so far, by operation. */
  readonly checked: ReadonlyMap<string, number>
  /** One line for each answer that differs, with operation, path and fault, since this was last called. */
  readonly takeFaults: () => readonly string[]
}

/** What the code generator wrote of one document. */
interface AnswerSchemas {
  readonly name: string
  readonly operations: Readonly<Record<string, Readonly<Record<string, object | null>>>>
  readonly schemas: Readonly<Record<string, object>>
}

/**
 * Makes a check of answers against the documents with their errata. Schemas are read and compiled when they are first
 * needed. What a claim says to depart from the documents is let pass. Needs the package `ajv`.
 */
export function createAnswerCheck(): AnswerCheck {
  const books = new Map<string, SchemaBook>()
  const checked = new Map<string, number>()
  let faults: string[] = []
  return {
    checked,
    onAnswer(answer) {
      const { document, operation, method, path, status, body } = answer
      const book = books.get(document) ?? readBook(document)
      books.set(document, book)
      checked.set(operation.id, (checked.get(operation.id) ?? 0) + 1)
      const claim = departureOf(document, operation.id, status)
      const found = book({ operation: operation.id, status, body, ...(claim && { claim }) })
      for (const fault of found)
        faults.push(`${document}/${operation.id}: ${method} ${path} ${status}: ${fault}`)
    },
    takeFaults() {
      const taken = faults
      faults = []
      return taken
    },
  }
}

/** What is wrong with an answer of that operation and status. */
type SchemaBook = (answer: {
  readonly operation: string
  readonly status: number
  readonly body: unknown
  /** What says that the operation has this status, though the document does not. */
  readonly claim?: Claim
}) => readonly string[]

/** Where the schemas of the operations are that only apps can call. */
const shared: Readonly<Record<string, readonly string[]>> = {
  'jira-apps': ['jira-platform-v3'],
  'confluence-apps': ['confluence-v2', 'confluence-v1'],
}

function readBook(document: string): SchemaBook {
  const parts = (shared[document] ?? [document]).map(read)
  const ajv = new Ajv({ allErrors: true, strict: false, formats })
  for (const { name, schemas } of parts) ajv.addSchema({ $id: name, schemas })
  const compiled = new Map<string, ValidateFunction>()
  return ({ operation, status, body, claim }) => {
    const part = parts.find(({ operations }) => operation in operations)
    const answers = part?.operations[operation]
    const code = answers && [String(status), 'default'].find((one) => one in answers)
    if (!part || !answers || code === undefined)
      return claim ? [] : [`the document has no answer ${status}, and no claim says that it departs`]
    if (claim && !claim.operations.includes('every operation'))
      return [`the document has an answer ${status} by now, and ${claim.id} says that it departs`]
    const schema = answers[code]
    if (!schema) return []
    if (body === undefined) return ['there is no JSON']
    const key = `${operation} ${code}`
    const validate = compiled.get(key) ?? ajv.compile(withBase(schema, part.name))
    compiled.set(key, validate)
    return validate(body) ? [] : (validate.errors ?? []).map(sentence)
  }
}

function read(name: string): AnswerSchemas {
  // The same from `src/` and from `dist/`, which lie beside each other.
  const text = readFileSync(new URL(`../../generated/${name}.json`, import.meta.url), 'utf8')
  return { ...JSON.parse(text), name }
}

/** The schema of an answer with references that lead into its document. */
function withBase(schema: object, document: string): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', `"$ref":"${document}#`))
}

function sentence({ instancePath, message = '', params }: ErrorObject): string {
  const detail = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  return `${instancePath || 'the answer'} ${message} (${detail.join(', ')})`
}
