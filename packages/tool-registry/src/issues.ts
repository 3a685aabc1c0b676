import type * as z from 'zod'

import { nearest } from './nearest.ts'

/** One thing that is wrong with the arguments of a call. */
export interface ArgumentIssue {
  /** Dotted; empty for the arguments as a whole. */
  readonly path: string
  readonly message: string
}

/** What the words of an issue depend on. */
export interface IssueContext {
  readonly input: z.ZodObject
  readonly given: unknown
}

/** Turns a failed parse into sentences that name the argument and what it should be. */
export function issuesOf(error: z.ZodError, context: IssueContext): readonly ArgumentIssue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.')
    if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue, context.given) }]
    const known = issue.path.length === 0 ? Object.keys(context.input.shape) : []
    return issue.keys.map((key) => ({ path: join(path, key), message: unknownArgument(key, known) }))
  })
}

function messageOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.path.length === 0 || valueAt(given, issue.path) !== undefined) return issue.message
  return issue.code === 'invalid_type' ? `is missing; give ${article(issue.expected)}` : 'is missing'
}

function unknownArgument(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  if (meant !== undefined) return `is not an argument of this tool. Did you mean ${meant}?`
  if (known.length === 0) return 'is not a member of this argument'
  return `is not an argument of this tool. It takes ${known.join(', ')}.`
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current: unknown = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Reflect.get(current, key)
  }
  return current
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}
