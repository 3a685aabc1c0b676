import { oneLine } from '@telamon/tool-registry'

import type { ReadText } from '../rich-text.ts'

/** The members of a value that is none, a plain value, or an object. */
export type Members = Readonly<Record<string, unknown>>

/** What names an object of Jira, in the order in which they are looked for. */
const nameMembers = ['displayName', 'name', 'value', 'key', 'title', 'filename', 'id'] as const

/**
 * Any value of a field as text: names in place of objects, lists with commas, moments to the minute, documents as `read`
 * shows them. Empty for a value that says nothing.
 */
export function valueText(value: unknown, read: ReadText): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return isMoment(value) ? momentText(value) : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) {
    return value
      .map((item) => valueText(item, read))
      .filter(Boolean)
      .join(', ')
  }
  return objectText(membersOf(value), read)
}

function objectText(value: Members, read: ReadText): string {
  if (value['type'] === 'doc') return read(value)
  const own = nameOf(value)
  if (value['child']) return `${own} / ${nameOf(membersOf(value['child']))}`
  return own || partsText(value) || valueText(pageIn(value), read)
}

/** What names an object, on one line; empty when nothing does. */
export function nameOf(value: Members): string {
  const member = nameMembers.find((name) => typeof value[name] === 'string' && value[name] !== '')
  return member === undefined ? '' : oneLine(String(value[member]))
}

/** `originalEstimate 5d, timeSpent 2d` or `votes 3`: members that are text or numbers, without addresses and zeros. */
function partsText(value: Members): string {
  return Object.entries(value)
    .filter(([name, part]) => name !== 'self' && !name.endsWith('Seconds') && part !== 0)
    .filter(([, part]) => typeof part === 'string' || typeof part === 'number')
    .map(([name, part]) => `${name} ${oneLine(String(part))}`)
    .join(', ')
}

/** The items of a page inside of a field, such as work logs. */
const pageIn = (value: Members): unknown => Object.values(value).find((inner) => Array.isArray(inner))

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)

/** `2026-04-28T15:31:13.533+0200` as `2026-04-28 15:31`, in the time zone it was given in. */
export function momentText(moment: unknown): string {
  return typeof moment === 'string' ? moment.slice(0, 16).replace('T', ' ') : ''
}

/** An object's members; none of anything else. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
