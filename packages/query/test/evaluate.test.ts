import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compile, parseJql } from '../src/index.ts'
import { bruteForce } from './brute-force.ts'
import { dialect, people, priorities, statuses } from './world.ts'
import type { Ticket } from './world.ts'

const context = { now: Date.UTC(2026, 10, 23, 12), timeZone: 'UTC', user: people.ada }
const words = ['alpha', 'beta', 'gamma', 'delta']
const day = fc.integer({ min: 1, max: 28 }).map((each) => `2026-11-${String(each).padStart(2, '0')}`)
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined })
const sentence = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
  .map((all) => all.join(' '))

const ticket: fc.Arbitrary<Ticket> = fc
  .record({
    id: fc.integer({ min: 1, max: 9 }),
    project: fc.constantFrom('ED', 'PUB'),
    status: fc.constantFrom(...statuses),
    assignee: maybe(fc.constantFrom(...Object.values(people))),
    labels: maybe(fc.uniqueArray(fc.constantFrom('x', 'Y', 'z'), { minLength: 1 })),
    priority: maybe(fc.constantFrom(...priorities)),
    points: maybe(fc.integer({ min: 0, max: 5 })),
    due: maybe(day),
    created: maybe(day.map((text) => Date.parse(`${text}T10:30:00Z`))),
    summary: maybe(sentence),
    comments: maybe(fc.array(sentence, { minLength: 1, maxLength: 3 })),
  })
  // Absent, not undefined: that is how an empty field looks.
  .map((all): Ticket => JSON.parse(JSON.stringify(all)) as Ticket) // oxlint-disable-line typescript/no-unsafe-type-assertion -- what went in comes out

const value = fc.oneof(
  fc.constantFrom(
    'ED',
    'pub',
    'Open',
    '"In Progress"',
    'ada',
    '"id-bob"',
    'X',
    'y',
    'high',
    'LOW',
    'ED-3',
    'EMPTY',
    'nowhere',
    '2',
    '2026-99-99',
  ),
  day,
  sentence.map((text) => `"${text}"`),
)
const list = fc.array(value, { minLength: 1, maxLength: 3 }).map((all) => `(${all.join(', ')})`)
const field = fc.constantFrom(
  'project',
  'key',
  'status',
  'assignee',
  'labels',
  'priority',
  '"Story Points"',
  'cf[10016]',
  'due',
  'created',
  'summary',
  'comment',
  'nofield',
)
const clause = fc.oneof(
  fc.tuple(field, fc.constantFrom('=', '!=', '<', '>', '<=', '>='), value).map((all) => all.join(' ')),
  fc
    .tuple(fc.constantFrom('summary', 'comment', 'status'), fc.constantFrom('~', '!~'), value)
    .map((all) => all.join(' ')),
  fc.tuple(field, fc.constantFrom('in', 'not in'), fc.oneof(list, value)).map((all) => all.join(' ')),
  fc
    .tuple(field, fc.constantFrom('is', 'is not'), fc.constantFrom('EMPTY', 'Open'))
    .map((all) => all.join(' ')),
)
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    clause,
    fc
      .tuple(tie('condition'), fc.constantFrom(' AND ', ' OR '), tie('condition'))
      .map(([a, op, b]) => `(${a})${op}(${b})`),
    tie('condition').map((inner) => `NOT (${inner})`),
  ),
}))

const found = (text: string, tickets: readonly Ticket[]): readonly Ticket[] => {
  const { query, errors } = parseJql(text)
  expect(errors).toEqual([])
  return tickets.filter(compile(query, dialect, context).test)
}

const tickets = fc.array(ticket, { maxLength: 12 })

describe('evaluating', () => {
  it('agrees with the slow way for every query and every ticket', () => {
    fc.assert(
      fc.property(condition, tickets, (text, all) => {
        const { query } = parseJql(text)
        expect(found(text, all)).toEqual(all.filter((each) => bruteForce(query, each)))
      }),
      { numRuns: 2500 },
    )
  })

  it('never finds more by asking for more', () => {
    fc.assert(
      fc.property(condition, condition, tickets, (a, b, all) => {
        const both = found(`(${a}) AND (${b})`, all)
        expect(found(a, all)).toEqual(expect.arrayContaining([...both]))
        expect(both).toEqual(found(a, all).filter((each) => found(b, all).includes(each)))
        expect(found(`(${a}) OR (${b})`, all)).toEqual(expect.arrayContaining([...found(a, all)]))
      }),
      { numRuns: 300 },
    )
  })

  it('means by IN what OR means', () => {
    fc.assert(
      fc.property(field, fc.tuple(value, value), tickets, (name, [a, b], all) => {
        expect(found(`${name} in (${a}, ${b})`, all)).toEqual(found(`${name} = ${a} OR ${name} = ${b}`, all))
        expect(found(`${name} not in (${a}, ${b})`, all)).toEqual(
          found(`${name} != ${a} AND ${name} != ${b}`, all),
        )
        expect(found(`NOT ${name} = ${a}`, all)).toEqual(found(`${name} != ${a}`, all))
      }),
      { numRuns: 300 },
    )
  })

  it('follows De Morgan, and finds each ticket by its state', () => {
    fc.assert(
      fc.property(condition, condition, tickets, (a, b, all) => {
        expect(found(`NOT ((${a}) AND (${b}))`, all)).toEqual(found(`(NOT (${a})) OR (NOT (${b}))`, all))
        expect(found('status in (Open, "In Progress", Done)', all)).toEqual(all)
      }),
      { numRuns: 300 },
    )
  })

  it('sorts without losing or gaining anything', () => {
    const sorts = fc.array(
      fc.tuple(field, fc.constantFrom('', ' ASC', ' DESC')).map((all) => all.join('')),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    fc.assert(
      fc.property(sorts, tickets, (by, all) => {
        const { compare } = compile(parseJql(`ORDER BY ${by.join(', ')}`).query, dialect, context)
        const sorted = all.toSorted(compare)
        expect(new Set(sorted)).toEqual(new Set(all))
        for (const [index, each] of sorted.slice(1).entries()) {
          expect(compare(sorted[index] ?? each, each)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
