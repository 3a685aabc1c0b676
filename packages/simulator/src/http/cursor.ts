import { createHmac } from 'node:crypto'

/** Signs what a client hands back, so that a position cannot be made up. Deterministic: the same place, the same text. */
function seal(text: string): string {
  return createHmac('sha256', 'telamon-simulator-cursor').update(text).digest('base64url').slice(0, 16)
}

/** A position in a list as text that means nothing to a client. `subject` is what the list was asked for. */
export function writeCursor(position: number, subject: string): string {
  return Buffer.from(`${position}.${seal(`${position} ${subject}`)}`).toString('base64url')
}

/** The position; undefined for a text that was not made for this subject. */
export function readCursor(cursor: string, subject: string): number | undefined {
  const [position = '', mark] = Buffer.from(cursor, 'base64url').toString('utf8').split('.')
  return /^\d{1,12}$/.test(position) && mark === seal(`${position} ${subject}`) ? Number(position) : undefined
}
