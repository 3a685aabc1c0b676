/** Answers: successes only, JSON or nothing; tasks and bytes in one form each. */

import {
  type Document,
  type Schema,
  type OperationObject,
  isSuccess,
  operationsOf,
  schemasIn,
} from '../openapi.ts'
import { refTo } from '../placeholders.ts'

/** What the runtime makes of the redirect by which a long operation answers: the task to ask about. */
const startedTask: Schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }

/** Whether no answer of an operation has a body that the document describes. */
export const isEmpty = ({ responses }: OperationObject): boolean =>
  Object.values(responses).every((response) =>
    schemasIn(response).every((schema) => Object.keys(schema).length === 0),
  )

/** Rewrites every answer. `binary` holds the operations whose answer is bytes, which have no JSON. */
export function simplifyAnswers(document: Document, binary: ReadonlySet<string>): void {
  let tasks = 0
  for (const { operation } of operationsOf(document)) {
    if (binary.has(operation.operationId)) {
      operation.responses = { '200': {} }
      continue
    }
    const isTask = '303' in operation.responses
    if (isTask) tasks++
    operation.responses = successes(operation, isTask)
  }
  if (tasks > 0) document.components.schemas['StartedTask'] = startedTask
}

function successes({ responses }: OperationObject, isTask: boolean): OperationObject['responses'] {
  const result: OperationObject['responses'] = {}
  for (const [status, response] of Object.entries(responses)) {
    if (!isSuccess(status)) continue
    const [schema] = schemasIn(response)
    const empty = !schema || status === '204' || (isTask && Object.keys(schema).length === 0)
    if (empty) result['204'] = {}
    else result[status] = { content: { 'application/json': { schema } } }
  }
  if (isTask) result['200'] = { content: { 'application/json': { schema: refTo('StartedTask') } } }
  return Object.keys(result).length > 0 ? result : { '204': {} }
}
