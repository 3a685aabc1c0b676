import { createRequire } from 'node:module'

import type { AnySchema } from 'ajv'
import AjvDraft04 from 'ajv-draft-04'

const require = createRequire(import.meta.url)
const schema: AnySchema = require('@atlaskit/adf-schema/dist/json-schema/v1/full.json') // eslint-disable-line typescript/no-unsafe-assignment -- a JSON Schema

const accepts = new AjvDraft04.default({ strict: false, validateFormats: false, logger: false }).compile(
  schema,
)

/** Whether Atlassian's own JSON Schema takes a document. It says yes or no: for one fault it names dozens. */
export function atlassianAccepts(document: unknown): boolean {
  return accepts(document) === true
}

/** A way in which our validator may differ from the schema. */
interface AllowedDifference {
  readonly reason: string
  readonly explains: (document: unknown, theirs: boolean) => boolean
}

/** Every way in which the two may differ. */
export const allowedDifferences: readonly AllowedDifference[] = [
  {
    reason:
      'What stands in a synchronised block the schema describes by looser variants than anywhere else: headings with the marks of text, a mediaSingle without media. Ours holds those nodes to what they are elsewhere.',
    explains: (document, theirs) => theirs && JSON.stringify(document).includes('"bodiedSyncBlock"'),
  },
]
