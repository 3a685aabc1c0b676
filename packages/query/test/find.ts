import { expect } from 'vitest'

import type { Context, Dialect, Problem } from '../src/index.ts'
import { compile, parseJql } from '../src/index.ts'
import { dialect, people } from './world.ts'
import type { Ticket } from './world.ts'

/** The moment and the person of these tests. */
export const context: Context = {
  now: Date.parse('2026-11-23T12:30:45Z'),
  timeZone: 'UTC',
  user: people.ada,
}

/** A ticket with nothing in it that need not be. */
export const plain: Ticket = { id: 1, project: 'ED', status: 'Open' }

/** Whether a query finds a ticket. */
export function finds(text: string, ticket: Partial<Ticket>, change: Partial<Context> = {}): boolean {
  const { query, errors } = parseJql(text)
  expect(errors).toEqual([])
  return compile(query, dialect, { ...context, ...change }).test({ ...plain, ...ticket })
}

/** What is wrong with the meaning of a query. */
export function problemsOf(text: string, world: Dialect<Ticket> = dialect): readonly Problem[] {
  return compile(parseJql(text).query, world, context).problems
}

/** The ids of tickets in the order a query asks for. */
export function idsBy(text: string, tickets: readonly Ticket[]): readonly number[] {
  return tickets.toSorted(compile(parseJql(text).query, dialect, context).compare).map(({ id }) => id)
}
