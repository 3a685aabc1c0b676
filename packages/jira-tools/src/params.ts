import * as z from 'zod'

/** Which site is meant. The server resolves it before a tool runs. */
export const CloudId = z
  .string()
  .optional()
  .describe('The site: its cloudId, or any address on it. May be left out when there is only one.')

const key = /^[A-Za-z][A-Za-z0-9_]{1,254}-[1-9]\d{0,18}$/
const id = /^[1-9]\d{0,18}$/

/** A key in any case, an id, or an address of the issue; comes out as key in capitals or id. */
export const IssueKey = z
  .string()
  .transform((text, context) => {
    const word = fromAddress(text.trim())
    if (key.test(word)) return word.toUpperCase()
    if (id.test(word)) return word
    context.addIssue({
      code: 'custom',
      message: 'has to be the key of an issue, such as ALPHA-12, its id, or its address',
    })
    return z.NEVER
  })
  .describe('The issue: its key such as ALPHA-12, its id, or its address.')

/** `…/browse/ALPHA-12` and `…?selectedIssue=ALPHA-12` both name an issue. */
function fromAddress(text: string): string {
  if (!URL.canParse(text) || !text.includes('://')) return text
  const { pathname, searchParams } = new URL(text)
  return searchParams.get('selectedIssue') ?? /\/(?:browse|issues)\/([^/]+)/.exec(pathname)?.[1] ?? text
}

/** A project's key in any case, or its id. */
export const ProjectKey = z
  .string()
  .trim()
  .regex(/^([A-Za-z][A-Za-z0-9_]{0,254}|[1-9]\d{0,18})$/, 'has to be the key of a project, such as ALPHA')
  .toUpperCase()
  .describe('The project: its key such as ALPHA, or its id.')

/** The language of rich text in arguments. */
export const ContentFormat = z
  .enum(['markdown', 'adf'])
  .optional()
  .describe('The format of rich text in this call. Markdown by default; adf is the document as JSON text.')

/** Fields beside those that have an argument of their own. */
export const FieldValues = z
  .record(z.string(), z.unknown())
  .describe(
    'Values by the name or id of the field, such as {"Story Points": 5, "labels": ["urgent"]}. null empties a field.',
  )
