import { oneLine } from '@telamon/tool-registry'

import { membersOf, momentText, nameOf } from './value.ts'

/** `report.pdf (application/pdf, 12.4 kB, Maya Lindqvist 2026-11-20 10:02, id 10003)` */
export function fileLine(value: unknown): string {
  const { id, filename, mimeType, size, author, created } = membersOf(value)
  const about = [
    lineOf(mimeType),
    typeof size === 'number' ? sizeText(size) : '',
    `${nameOf(membersOf(author))} ${momentText(created)}`.trim(),
    `id ${lineOf(id)}`,
  ]
  return `${lineOf(filename) || 'file'} (${about.filter(Boolean).join(', ')})`
}

/** A text on one line; a number as it is. */
const lineOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? oneLine(`${value}`) : ''

/** Bytes as people write them. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
