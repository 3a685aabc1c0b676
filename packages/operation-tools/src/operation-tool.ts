import type { OperationSpec } from '@telamon/rest'
import { ContinueFrom, fence, toolFactory } from '@telamon/tool-registry'
import type { Tool } from '@telamon/tool-registry'
import * as z from 'zod'

import type { OperationDocument } from './documents.ts'
import { entryOf } from './entry.ts'
import { parametersOf } from './parameters.ts'
import { pick } from './pick.ts'
import type { OperationServices } from './services.ts'

/** What a call may hold beside the parameters of its operation. */
interface Arguments extends Readonly<Record<string, unknown>> {
  readonly cloudId?: string | undefined
  readonly responseFields?: readonly string[] | undefined
  readonly continueFrom?: string | undefined
  readonly body?: unknown
}

const defineTool = toolFactory<OperationServices>()

const CloudId = z.string().max(256).optional().describe('Site: its URL or id.')
const ResponseFields = z
  .array(z.string().min(1).max(200))
  .max(50)
  .optional()
  .describe('Only these members of the answer, such as values.name.')

/** Makes the tool of one operation. Undefined for those that take or give files. */
export async function operationTool(
  document: OperationDocument,
  operation: OperationSpec,
): Promise<Tool<OperationServices> | undefined> {
  const inputs = await document.inputs()
  const input = inputs.operations[operation.id]
  if (input === undefined) return undefined
  const { shape, places } = parametersOf(input, inputs)
  return defineTool({
    ...entryOf(document, operation),
    uses: [operation],
    input: z.strictObject({
      cloudId: CloudId,
      ...shape,
      responseFields: ResponseFields,
      continueFrom: ContinueFrom.optional(),
    }),
    async run(given: Arguments, services, { signal }) {
      const { cloudId: _site, continueFrom: _position, responseFields, body, ...parameters } = given
      const at = (wanted: 'path' | 'query'): Record<string, unknown> =>
        Object.fromEntries(Object.entries(parameters).filter(([name]) => places.get(name) === wanted))
      const answer = await services[document.client].call(
        operation,
        { path: at('path'), query: at('query'), ...(body !== undefined && { body }) },
        { signal },
      )
      if (answer === undefined) return { text: 'Done; there is no answer to show.' }
      const shown = responseFields === undefined ? answer : pick(answer, responseFields)
      return { text: fence(JSON.stringify(shown), { source: `answer of ${operation.id}` }) }
    },
  })
}
