import { describe, expect, it } from 'vitest'

import type { Context } from '../src/index.ts'
import { compile, parseJql } from '../src/index.ts'
import { finds } from './find.ts'
import type { Ticket } from './world.ts'

const at = (iso: string): Pick<Ticket, 'created'> => ({ created: Date.parse(iso) })

/** The instant a function stands for, as ISO text. */
function instant(call: string, change: Partial<Context> = {}): string {
  let low = Date.UTC(2020, 0)
  let high = Date.UTC(2032, 0)
  const context = { now: Date.parse('2026-11-23T12:30:45.500Z'), timeZone: 'UTC', ...change }
  const world = { fields: [{ name: 'at', type: 'datetime', get: (item: number) => item }] } as const
  const { test, problems } = compile<number>(parseJql(`at >= ${call}`).query, world, context)
  expect(problems).toEqual([])
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return new Date(low).toISOString()
}

describe('dates', () => {
  it('mean midnight when they are compared, and the whole day when they are equal', () => {
    expect(finds('created > 2026-11-20', at('2026-11-20T00:00:01Z'))).toBe(true)
    expect(finds('created <= 2026-11-20', at('2026-11-20T00:00:01Z'))).toBe(false)
    expect(finds('created = 2026-11-20', at('2026-11-20T23:59:59Z'))).toBe(true)
    expect(finds('created = "2026/11/20"', at('2026-11-21T00:00:00Z'))).toBe(false)
    expect(finds('created != 2026-11-20', at('2026-11-20T12:00:00Z'))).toBe(false)
    expect(finds('created in (2026-11-20, 2026-11-22)', at('2026-11-22T12:00:00Z'))).toBe(true)
    expect(finds('created = "2026-11-20 09:30"', at('2026-11-20T09:30:59Z'))).toBe(true)
    expect(finds('created = "2026-11-20 09:30"', at('2026-11-20T09:31:00Z'))).toBe(false)
  })

  it('are those of the wall in the time zone of the caller', () => {
    const zone = { timeZone: 'America/New_York' }
    expect(finds('created = 2026-11-20', at('2026-11-21T04:59:59Z'), zone)).toBe(true)
    expect(finds('created = 2026-11-20', at('2026-11-20T04:59:59Z'), zone)).toBe(false)
    expect(finds('created >= "2026-11-20 09:30"', at('2026-11-20T14:30:00Z'), zone)).toBe(true)
    expect(finds('due = now()', { due: '2026-11-24' }, { timeZone: 'Pacific/Auckland' })).toBe(true)
  })

  it('without a time are days, wherever one is', () => {
    expect(finds('due = 2026-11-23 AND due <= now() AND due >= startOfDay()', { due: '2026-11-23' })).toBe(
      true,
    )
    expect(finds('due < "2026-11-23 09:00"', { due: '2026-11-23' })).toBe(false)
    expect(finds('due > -1d AND due < 1d', { due: '2026-11-23' })).toBe(true)
    expect(finds('due in (2026-11-23)', { due: '2026-11-24' })).toBe(false)
  })

  it('may be periods from now', () => {
    expect(finds('created >= -30m', at('2026-11-23T12:00:45Z'))).toBe(true)
    expect(finds('created >= -30m', at('2026-11-23T12:00:44Z'))).toBe(false)
    expect(finds('created < "4w 2d" AND created > -1w', at('2026-11-23T12:00:00Z'))).toBe(true)
    expect(finds('created > "-1d 2h"', at('2026-11-22T10:30:46Z'))).toBe(true)
    expect(finds('created = 1763901045000', at('2025-11-23T12:30:45Z'))).toBe(true)
  })

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-0',
    '"2026-01-01 24:00"',
    '"2026-01-01 10:60"',
    '2026-01/01',
    '7x',
    'd',
  ])('are unreadable as %s, and match nothing', (text) => {
    expect(finds(`created > ${text.includes('/') ? `"${text}"` : text}`, at('2026-11-23T12:00:00Z'))).toBe(
      false,
    )
  })
})

describe('date functions', () => {
  it.each([
    ['now()', '2026-11-23T12:30:45.500Z'],
    ['now("-4w")', '2026-10-26T12:30:45.500Z'],
    ['startOfDay()', '2026-11-23T00:00:00.000Z'],
    ['startOfDay("-1")', '2026-11-22T00:00:00.000Z'],
    ['startOfDay(-7d)', '2026-11-16T00:00:00.000Z'],
    ['startOfDay("+6h")', '2026-11-23T06:00:00.000Z'],
    ['startOfWeek()', '2026-11-22T00:00:00.000Z'],
    ['startOfWeek("+1d")', '2026-11-23T00:00:00.000Z'],
    ['startOfMonth()', '2026-11-01T00:00:00.000Z'],
    ['startOfMonth("+14d")', '2026-11-15T00:00:00.000Z'],
    ['startOfMonth(-12)', '2025-11-01T00:00:00.000Z'],
    ['startOfYear("1")', '2027-01-01T00:00:00.000Z'],
    ['startOfYear("+1M")', '2026-02-01T00:00:00.000Z'],
    ['endOfDay()', '2026-11-23T23:59:59.999Z'],
    ['endOfWeek(-1)', '2026-11-21T23:59:59.999Z'],
    ['endOfMonth("+1")', '2026-12-31T23:59:59.999Z'],
    ['endOfMonth("+3M")', '2027-02-28T23:59:59.999Z'],
    ['endOfYear()', '2026-12-31T23:59:59.999Z'],
    ['ENDOFMONTH("-1d")', '2026-11-29T23:59:59.999Z'],
  ])('%s is %s', (call, expected) => {
    expect(instant(call)).toBe(expected)
  })

  it('begin the week where the caller does', () => {
    expect(instant('startOfWeek()', { weekStart: 1 })).toBe('2026-11-23T00:00:00.000Z')
    expect(instant('endOfWeek()', { weekStart: 1 })).toBe('2026-11-29T23:59:59.999Z')
  })

  it('keep to the wall when clocks change', () => {
    const berlin = { timeZone: 'Europe/Berlin', now: Date.parse('2026-03-29T12:00:00Z') }
    expect(instant('startOfDay()', berlin)).toBe('2026-03-28T23:00:00.000Z')
    expect(instant('endOfDay()', berlin)).toBe('2026-03-29T21:59:59.999Z')
    expect(instant('startOfDay("-1M")', berlin)).toBe('2026-02-27T23:00:00.000Z')
    expect(instant('"2026-03-29 02:30"', berlin)).toBe('2026-03-29T01:30:00.000Z')
    expect(instant('"2026-10-25 02:30"', berlin)).toBe('2026-10-25T00:30:00.000Z')
  })

  it('take the last day of a month that has no such day', () => {
    const leap = { now: Date.parse('2028-02-29T12:00:00Z') }
    expect(instant('startOfDay("1y")', leap)).toBe('2029-02-28T00:00:00.000Z')
    expect(instant('startOfDay("-1M")', { now: Date.parse('2026-03-31T12:00:00Z') })).toBe(
      '2026-02-28T00:00:00.000Z',
    )
  })
})
