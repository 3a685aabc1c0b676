import { createRequire } from 'node:module'

import type { AnySchema } from 'ajv'
import AjvDraft04 from 'ajv-draft-04'

const require = createRequire(import.meta.url)
const schema: AnySchema = require('@atlaskit/adf-schema/dist/json-schema/v1/full.json') // eslint-disable-line typescript/no-unsafe-assignment -- a JSON Schema

const accepts = new AjvDraft04.default({ strict: false, validateFormats: false, logger: false }).compile(schema)

/** Whether Atlassian's own JSON Schema takes a document. It says yes or no: for one fault it names dozens. */
export function atlassianAccepts(document: unknown): boolean {
  return accepts(document)
}
