import type { AnyInput } from '../request.ts'

/** A page that was read, and where it stands. */
export interface Turn {
  readonly answer: unknown
  readonly headers: Headers
  /** Where this page began; absent for the first. */
  readonly position: string | undefined
  /** How many items came. */
  readonly received: number
  readonly input: AnyInput
}

/** One way of paging: which parameter holds the position, and where the next one is told. */
export interface Pager {
  readonly parameter: string
  /** Whether a position is a number and nothing else. */
  readonly numeric?: true
  /** Whether a POST takes the position in its body, where its other members do not tell. */
  readonly inBody?: true
  /** The position after this page, or nothing after the last. A short page is no end: Jira gives fewer than asked. */
  readonly next: (turn: Turn) => string | undefined
}

type Json = Readonly<Record<string, unknown>>

/** An answer's members, none when it is no object. */
export const membersOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** A position in an answer, as text. */
export const positionIn = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined

/** Where a page with numbered items begins, counted from 0. */
export function beginning({ position, input }: Turn, parameter: string): number {
  return Number(position ?? input.query?.[parameter] ?? membersOf(input.body)[parameter] ?? 0)
}
