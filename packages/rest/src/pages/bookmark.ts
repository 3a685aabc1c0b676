import type { OperationSpec } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import type { Pager } from './pager.ts'

/** In characters. Jira's tokens hold the query among other things, and so grow with it. */
const longest = 32_768

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Writes a position so that any process can go on from it. Holds the operation and the position: no host, no credentials. */
export function writeBookmark(operation: OperationSpec, position: string): string {
  const bytes = encoder.encode(`${operation.id} ${position}`)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function decode(bookmark: string): string | undefined {
  try {
    const binary = atob(bookmark.replaceAll('-', '+').replaceAll('_', '/'))
    return decoder.decode(Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0))
  } catch {
    // Not ours, or cut: the caller is told the same as for any other foreign text.
    return undefined
  }
}

/** Reads a position back. Throws for a cursor that is not from this operation. */
export function readBookmark(operation: OperationSpec, pager: Pager, bookmark: string): string {
  const prefix = `${operation.id} `
  const text = bookmark.length <= longest && /^[\w-]+$/.test(bookmark) ? decode(bookmark) : undefined
  const position = text?.startsWith(prefix) === true ? text.slice(prefix.length) : ''
  const fits = pager.numeric === true ? /^\d{1,15}$/.test(position) : position !== ''
  if (!fits) throw new Refusal('The cursor is not from a page of this operation. Begin without one.')
  return position
}
