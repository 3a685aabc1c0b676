import * as z from 'zod'

/** Which site is meant. The server resolves it before a tool runs. */
export const CloudId = z
  .string()
  .optional()
  .describe('The site: its id or an address on it. Needed when there are several.')

/** More than any name, query or address needs. In characters. */
const longestWords = 20_000

/** A text that says something; spaces at its ends do not count. */
export const Words = z
  .string()
  .trim()
  .refine((text) => text !== '', 'is empty')
  .refine((text) => text.length <= longestWords, 'is too long')

/** What people write as a number is an id all the same. */
const textOfNumber = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)

/** Whatever names a content. It stays as it was written: `contentMeant` reads it. */
export const ContentRef = z
  .preprocess(textOfNumber, Words)
  .describe('The content: its id, its address, its tiny link, or its whole title.')

/** A space by key, id or name. */
export const SpaceRef = z.preprocess(textOfNumber, Words).describe('The space: its key, its id, or its name.')

/** A title on one line. */
export const Title = Words.refine((title) => title.length <= 255, 'has more than 255 characters: shorten it')

/** A list, also where it came as text: as JSON, or with commas. */
const listed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  if (value.trimStart().startsWith('[')) return parsed(value)
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    // The schema says what is wrong with it.
    return text
  }
}

/** Some words, such as keys of spaces. */
export const List = z.preprocess(listed, z.array(z.preprocess(textOfNumber, Words)).max(100))

/** In characters, in whatever format. */
const longestBody = 2_000_000

/** A body as it is written. */
export const Body = z
  .strictObject({
    value: z.string().refine((text) => text.length <= longestBody, 'is too long: write it in parts'),
    format: z
      .enum(['markdown', 'storage', 'adf'])
      .optional()
      .describe('markdown (default), storage (XHTML), or adf, a document as JSON.'),
  })
  .describe('The text. In Markdown, <https://…> makes a smart link.')
