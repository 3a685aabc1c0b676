import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readPause } from '../src/index.ts'

const now = Date.UTC(2026, 2, 26, 15, 30)
const read = (fields: Record<string, string>, options = {}) => readPause(new Headers(fields), now, options)

describe('what an answer says about waiting', () => {
  it.each([
    ['seconds', { 'Retry-After': '1847' }, 1_847_000],
    ['a fraction', { 'Retry-After': '0.5' }, 500],
    [
      'an HTTP date, by the clock of the answer',
      { 'Retry-After': 'Thu, 26 Mar 2026 16:00:00 GMT', Date: 'Thu, 26 Mar 2026 15:59:50 GMT' },
      10_000,
    ],
    ['an HTTP date without a Date', { 'Retry-After': 'Thu, 26 Mar 2026 15:31:00 GMT' }, 60_000],
    ['a date that has passed', { 'Retry-After': 'Thu, 26 Mar 2026 15:00:00 GMT' }, 0],
    ['two values: the larger', { 'Retry-After': '5, 12' }, 12_000],
    ['a date and a number: the larger', { 'Retry-After': 'Thu, 26 Mar 2026 15:31:00 GMT, 3' }, 60_000],
    [
      'an overflow: the longest there is',
      { 'Retry-After': '9223372036854775807', 'X-RateLimit-Limit': '0' },
      3_600_000,
    ],
    ['a policy with nothing left', { RateLimit: '"jira-burst-based";r=0;t=2' }, 2000],
    ['the reset without seconds', { 'X-RateLimit-Reset': '2026-03-26T15:40Z' }, 600_000],
    ['the reset with seconds', { 'X-RateLimit-Reset': '2026-03-26T15:30:05.5Z' }, 5500],
    [
      'the reset by the clock of the answer',
      { 'X-RateLimit-Reset': '2026-03-26T16:00Z', Date: 'Thu, 26 Mar 2026 15:55:00 GMT' },
      300_000,
    ],
    ['the reset as a number of seconds since 1970', { 'X-RateLimit-Reset': String(now / 1000 + 7) }, 7000],
    ['the reset as a number of milliseconds since 1970', { 'X-RateLimit-Reset': String(now + 7) }, 7],
    ['the reset as a number of seconds from now', { 'X-RateLimit-Reset': '30' }, 30_000],
    [
      'Retry-After before all others',
      { 'Retry-After': '3', RateLimit: '"x";r=0;t=9', 'X-RateLimit-Reset': '99' },
      3000,
    ],
  ])('reads %s', (_, fields, milliseconds) => {
    expect(read(fields)?.milliseconds).toBe(milliseconds)
  })

  it.each([
    ['jira-per-issue-on-write', 'issue'],
    ['jira-burst-based', 'operation'],
    ['jira-quota-global-based', 'app'],
    ['confluence-quota-global-based', 'app'],
    ['conf-global-based', 'app'],
    ['jira-quota-tenant-based', 'site'],
    ['jira-cost-based', 'account'],
    ['jira-max-concurrent-threads-across-all-instances-per-tenant-per-user', 'account'],
    ['something-new', 'operation'],
  ])('knows what %s is about', (reason, scope) => {
    expect(read({ 'Retry-After': '1', 'RateLimit-Reason': reason })?.scope).toBe(scope)
  })

  it('takes an unknown reason with a long wait for a quota', () => {
    expect(read({ 'Retry-After': '61', 'RateLimit-Reason': 'new' })?.scope).toBe('site')
    expect(read({ 'Retry-After': '61' })?.scope).toBe('site')
  })

  it('takes the scope from the policy when there is no reason', () => {
    expect(read({ RateLimit: '"global-app-quota";r=0;t=50,"jira-burst-based";r=90;t=1' })).toEqual({
      scope: 'app',
      milliseconds: 50_000,
    })
    expect(read({ RateLimit: '"tenant-app-quota";r=0;t=50' })?.scope).toBe('site')
  })

  it('tries again at the end of the UTC hour when a quota names a later moment', () => {
    expect(read({ RateLimit: '"global-app-quota";r=0;t=2788' })?.milliseconds).toBe(1_800_000)
  })

  it('is not stopped by what is informational, or by a policy with something left', () => {
    const fields = {
      'Beta-RateLimit': '"global-app-quota";r=0;t=50',
      'Beta-Retry-After': '50',
      'X-Beta-RateLimit-Reset': '2026-03-26T16:00Z',
      RateLimit: '"global-app-quota";t=3200,"jira-burst-based";r=90;t=1',
      'X-RateLimit-Remaining': '399',
      'X-RateLimit-Reset': '2026-03-26T16:00Z',
    }
    expect(read(fields)).toBeUndefined()
    expect(read({}, {})).toBeUndefined()
  })

  it('reads the answer of the gateway, which has no Retry-After', () => {
    const fields = {
      'X-Failure-Category': 'FAILURE CLIENT RATE LIMITED',
      'X-RateLimit-Limit': '360000',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': '2026-03-26T15:31Z',
    }
    expect(read(fields)).toEqual({ scope: 'operation', milliseconds: 60_000 })
  })

  it('backs off from a second to half a minute after a refusal that says nothing', () => {
    const waits = [1, 2, 3, 6, 500].map((attempt) => read({}, { status: 429, attempt })?.milliseconds)
    expect(waits).toEqual([1000, 2000, 4000, 30_000, 30_000])
    expect(read({}, { status: 503 })?.scope).toBe('operation')
    expect(read({ 'Retry-After': '5' }, { status: 200 })).toBeUndefined()
  })

  it('never throws and never waits longer than it may, whatever the fields hold', () => {
    const pieces = fc.constantFrom(
      '"global-app-quota"',
      ';r=0',
      ';t=',
      '-1',
      '1e999',
      '99999999999999999999',
      'NaN',
      ',',
      ';',
      '=',
      '"',
      '\\',
      'Thu, 26 Mar 2026 15:31:00 GMT',
      '2026-13-45T99:99Z',
      ' ',
      'Infinity',
      'é',
    )
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    )
    const names = [
      'retry-after',
      'ratelimit',
      'x-ratelimit-reset',
      'x-ratelimit-remaining',
      'date',
      'ratelimit-reason',
    ]
    fc.assert(
      fc.property(fc.tuple(...names.map(() => fc.option(text))), fc.boolean(), (values, refused) => {
        const get = (name: string): string | null => values[names.indexOf(name)] ?? null
        const pause = readPause({ get }, now, { longest: 5000, ...(refused && { status: 429 }) })
        expect(pause?.milliseconds ?? 0).toBeGreaterThanOrEqual(0)
        expect(pause?.milliseconds ?? 0).toBeLessThanOrEqual(5000)
        expect(pause === undefined && refused).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('reads fields of a megabyte as fast as any', () => {
    for (const unit of ['"a";', ' ', '"a"; ', ';', '5,', '"']) {
      const get = (): string => unit.repeat(1_000_000 / unit.length)
      expect(readPause({ get }, now, { status: 429 })?.milliseconds).toBeGreaterThanOrEqual(0)
    }
  })
})
