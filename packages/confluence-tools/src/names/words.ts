import { oneLine } from '@telamon/tool-registry'

/** Without regard to case, spaces at the ends, and ways of writing a character. */
export const fold = (text: string): string => text.trim().normalize('NFKC').toLowerCase()

/** What a caller wrote, for a sentence: on one line, and not all of it when it is long. */
export const quoted = (text: string): string => JSON.stringify(oneLine(text).slice(0, 80))
