import { describe, expect, it } from 'vitest'

import type { FieldHistory } from '../src/index.ts'
import { compile, parseJql } from '../src/index.ts'
import { context, finds, plain } from './find.ts'
import { people } from './world.ts'

const day = (date: number): number => Date.UTC(2026, 10, date, 12)

/** Open from the 1st, in progress from the 10th by Ada, done from the 20th by Bob. */
const statusHistory: FieldHistory = {
  created: day(1),
  createdBy: people.ada,
  changes: [
    { at: day(10), by: people.ada, from: ['Open'], to: ['In Progress'] },
    { at: day(20), by: people.bob, from: ['In Progress'], to: ['Done'] },
  ],
}
const ticket = { status: 'Done', statusHistory }

describe('the past of a field', () => {
  it.each([
    'status WAS Open',
    'status WAS "In Progress"',
    'status WAS Done',
    'status WAS IN (Open, Zzqq) OR status WAS Open',
    'status WAS NOT IN ("In Progress") OR status WAS NOT EMPTY',
    'status WAS Open BEFORE 2026-11-02',
    'status WAS "In Progress" AFTER 2026-11-15',
    'status WAS Open ON 2026-11-05',
    'status WAS Open ON 2026-11-10',
    'status WAS "In Progress" DURING (2026-11-12, 2026-11-13)',
    'status WAS "In Progress" BY ada',
    'status WAS Open BY currentUser()',
    'status WAS Done BY (ada, bob) AFTER -7d',
    'status WAS Done AFTER startOfMonth()',
    'status CHANGED',
    'status CHANGED FROM Open',
    'status CHANGED FROM Open TO "In Progress" BY ada ON 2026-11-10',
    'status CHANGED TO (Done, Open) AFTER 2026-11-19 BEFORE endOfDay()',
    'status CHANGED DURING (startOfMonth(), 2026-11-11) BY ada',
    'NOT status CHANGED TO Open',
    'NOT status WAS EMPTY',
  ])('is found by %s', (text) => {
    expect(finds(text, ticket)).toBe(true)
  })

  it.each([
    'status WAS EMPTY',
    'status WAS NOT Open',
    'NOT status WAS Open',
    'status WAS NOT IN (Open, Done)',
    'status WAS Done BEFORE 2026-11-20',
    'status WAS Open AFTER 2026-11-11',
    'status WAS Open ON 2026-11-11',
    'status WAS Done DURING (2026-11-12, 2026-11-13)',
    'status WAS "In Progress" BY bob',
    'status WAS Open BY EMPTY',
    'status CHANGED FROM Done',
    'status CHANGED FROM Open TO Done',
    'status CHANGED TO Done BY ada',
    'status CHANGED ON 2026-11-11',
    'status CHANGED BEFORE 2026-11-10',
    'NOT status CHANGED',
    'status CHANGED FROM Zzqq',
    'NOT status CHANGED FROM Zzqq',
  ])('is not found by %s', (text) => {
    expect(finds(text, ticket)).toBe(false)
  })

  it('of a field that never changed is what it holds', () => {
    const unchanged = { statusHistory: { created: day(1), changes: [] } }
    expect(finds('status WAS Open AND NOT status CHANGED', unchanged)).toBe(true)
    expect(finds('status WAS Open BEFORE 2026-11-01', unchanged)).toBe(false)
  })

  it('knows a time without a value', () => {
    const { test } = compile(
      parseJql('assignee WAS EMPTY AND assignee CHANGED FROM EMPTY TO ada').query,
      {
        fields: [
          {
            name: 'assignee',
            type: 'option',
            get: () => people.ada,
            resolve: () => people.ada,
            history: () => ({ created: 0, changes: [{ at: day(2), from: [], to: [people.ada] }] }),
          },
        ],
      },
      context,
    )
    expect(test(plain)).toBe(true)
  })
})
