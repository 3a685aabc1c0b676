import { oneLine } from '@telamon/tool-registry'

import { readText } from '../rich-text.ts'

type Members = Readonly<Record<string, unknown>>

/** What names an object of Jira, in the order in which they are looked for. */
const nameMembers = ['displayName', 'name', 'value', 'key', 'title', 'id'] as const

/**
 * Any value of a field as text: names in place of objects, lists with commas, documents as Markdown. Empty for a value
 * that says nothing.
 */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map(valueText).filter(Boolean).join(', ')
  return objectText({ ...value })
}

function objectText(value: Members): string {
  if (value['type'] === 'doc') return readText(value)
  const member = nameMembers.find((name) => typeof value[name] === 'string' && value[name] !== '')
  const own = member === undefined ? '' : oneLine(String(value[member]))
  const child = value['child']
  const page = Object.values(value).find((inner) => Array.isArray(inner))
  if (child) return `${own} / ${valueText(child)}`
  return own || valueText(page)
}

/** `2026-04-28T15:31:13.533+0200` as `2026-04-28 15:31`, in the time zone it was given in. */
export function momentText(moment: unknown): string {
  return typeof moment === 'string' ? moment.slice(0, 16).replace('T', ' ') : ''
}
