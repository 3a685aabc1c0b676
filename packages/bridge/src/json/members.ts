import type { Span } from './scan.ts'
import { scanObject } from './scan.ts'

/** The members of an object by their names; of members that are there twice, the last one. Empty for what is no object. */
export function membersOf(bytes: Buffer, { start }: Span): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>()
  const end = scanObject(bytes, start, (key, value) => {
    const name: unknown = JSON.parse(bytes.toString('utf8', key.start, key.end))
    members.set(String(name), value)
  })
  return end < 0 ? new Map() : members
}

/** Reads one member as text. Undefined when it is something else, or not there. */
export function textMember(bytes: Buffer, span: Span | undefined, name: string): string | undefined {
  const member = span && membersOf(bytes, span).get(name)
  const value: unknown = member && JSON.parse(bytes.toString('utf8', member.start, member.end))
  return typeof value === 'string' ? value : undefined
}
