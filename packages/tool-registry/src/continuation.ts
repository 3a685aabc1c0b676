import { createHash } from 'node:crypto'

import * as z from 'zod'

/**
 * The argument with which a tool lets its text be read on where it was cut. A tool that takes it as an optional member
 * `continueFrom` needs nothing else: position and check are the registry's work.
 */
export const ContinueFrom: z.ZodString = z
  .string()
  .regex(/^\d{1,9}-[0-9a-f]{8}$/, 'has to be a position that an earlier answer gave, such as 40000-1f3a5c7e')
  .describe('Where to read on, as an earlier answer said.')

/** Where a text was cut: characters from its beginning, and whether it is still the same text. */
export interface Position {
  readonly at: number
  readonly check: string
}

/** A position in a text as an argument. Nothing is kept on the server: the text is made again and compared. */
export function positionIn(text: string, at: number): string {
  return `${at}-${checkOf(text)}`
}

/** Reads a position back. */
export function readPosition(value: string): Position | undefined {
  const [at, check] = value.split('-')
  if (!ContinueFrom.safeParse(value).success || at === undefined || check === undefined) return undefined
  return { at: Number(at), check }
}

/** Eight hexadecimal digits of SHA-256: enough to notice a change, and no secret. */
export function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** How a call is written in a text for a model. */
export function writtenCall(tool: string, args: Readonly<Record<string, unknown>>): string {
  return `${tool} with ${JSON.stringify(args)}`
}
