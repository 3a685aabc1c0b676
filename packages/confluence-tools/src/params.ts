import * as z from 'zod'

/** Which site is meant. The server resolves it before a tool runs. */
export const CloudId = z
  .string()
  .optional()
  .describe('The site: its cloudId, or any address on it. May be left out when there is only one.')

const id = /^[1-9]\d{0,18}$/

/** An id, or an address of the content: a page, a blog post, a tiny link. Comes out as id. */
export const ContentId = z
  .string()
  .transform((text, context) => {
    const found = idFrom(text.trim())
    if (found !== undefined) return found
    context.addIssue({
      code: 'custom',
      message: 'has to be the id of a page or another content, or its address',
    })
    return z.NEVER
  })
  .describe('The content: its id, its address, or its tiny link.')

/** `…/pages/98400/Title`, `…?pageId=98400`, `…/x/YIAB`. */
function idFrom(text: string): string | undefined {
  if (id.test(text)) return text
  if (!URL.canParse(text)) return undefined
  const { pathname, searchParams } = new URL(text)
  const tiny = /\/x\/([\w-]{1,12})\/?$/.exec(pathname)?.[1]
  const inPath = /\/(?:pages|blog\/\d+\/\d+\/\d+|folder|whiteboard|database|embed)\/(?:edit-v2\/)?(\d+)/.exec(
    pathname,
  )?.[1]
  const found = searchParams.get('pageId') ?? inPath ?? (tiny === undefined ? undefined : idOfTiny(tiny))
  return found !== undefined && id.test(found) ? found : undefined
}

/** A tiny link holds the id in base64, the lowest byte first, without the zeros at its end. */
function idOfTiny(code: string): string {
  const bytes = Buffer.from(code, 'base64url')
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n).toString()
}

/** A space by key, id or name. */
export const SpaceRef = z.string().trim().min(1).max(255).describe('The space: its key, its id, or its name.')

/** A body as it is written. */
export const Body = z
  .strictObject({
    value: z.string().max(2_000_000),
    format: z
      .enum(['markdown', 'storage', 'adf'])
      .optional()
      .describe('markdown by default; storage is XHTML, adf the document as JSON.'),
  })
  .describe('The text. In Markdown, <https://…> makes a smart link.')
