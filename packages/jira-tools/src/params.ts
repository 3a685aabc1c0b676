import * as z from 'zod'

import { numberOrKey } from './names/issues.ts'

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

/** Words that may be a number, which comes as one now and then. */
export const NumberOrWords = z.preprocess(textOfNumber, Words)

/** A key in any case, an id, or an address of the issue. It stays as it was written: `keyOn` reads it. */
export const IssueRef = z
  .preprocess(
    textOfNumber,
    z
      .string()
      .trim()
      .refine(
        (text) => numberOrKey(text) !== undefined,
        'has to be the key of an issue, such as ALPHA-12, its id, or its address',
      ),
  )
  .describe('The issue: its key such as ALPHA-12, its id, or its address.')

/** The id of something inside of an issue. */
export const Id = z.preprocess(textOfNumber, z.string().trim().regex(/^\d+$/, 'has to be an id in digits'))

/** The language of rich text in arguments. */
export const ContentFormat = z
  .enum(['markdown', 'adf'])
  .optional()
  .describe('Of rich text in this call: markdown (default), or adf, a document as JSON.')

/** Fields beside those that have an argument of their own. */
export const FieldValues = z
  .record(z.string(), z.unknown())
  .describe('Values by name or id of the field, such as {"Story Points": 5, "Due date": "2026-12-24"}.')

/** A list, also where it came as text: as JSON, or with commas. */
export const listed = (value: unknown): unknown => {
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

/** Names of fields. */
export const FieldNames = z.preprocess(listed, z.array(Words).max(100))

/** Keys of projects, in any case. */
export const ProjectKeys = z.preprocess(listed, z.array(Words).max(50))

/** Where a page begins, in lists whose pages follow each other. */
export const Cursor = Words.optional().describe('As the answer before gave it.')

/** How many to show on a page. */
export const pageSize = (usual: number): z.ZodOptional<z.ZodInt> =>
  z.int().min(1).max(100).optional().describe(`On this page. ${usual} by default.`)

/** Somebody: a name, an account id, an e-mail address, or "me". */
export const PersonRef = Words.describe('A name, an account id, or "me".')

/** A project by key, id or name. */
export const ProjectRef = Words.describe('The project: its key such as ALPHA, its id, or its name.')

/** Keys, ids or addresses of several issues. */
export const IssueRefs = (most: number): z.ZodType<string[]> =>
  z.preprocess(listed, z.array(IssueRef).min(1).max(most))
