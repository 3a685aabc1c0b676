import type { LocalTime } from '../zone.ts'
import { dayText, instantOf, localTime } from '../zone.ts'
import type { Context } from './context.ts'

/** A date as it was meant: a moment, or a whole minute or day. Milliseconds since 1970; `end` is the first after it. */
export interface Moment {
  readonly start: number
  readonly end: number
}

/**
 * Reads a date or a period: `2026-11-23`, `2026/11/23 09:30`, `-7d`, `4w 2d`. A period counts from now, in units of
 * 7 days, 24 hours, hours and minutes. Undefined when it is neither.
 */
export function readMoment(text: string, context: Context): Moment | undefined {
  const period = readPeriod(text)
  if (period !== undefined) return { start: context.now + period, end: context.now + period + 1 }
  const found = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:\s+(\d{1,2}):(\d{2}))?$/.exec(text.trim())
  if (!found) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = [1, 3, 4, 5, 6].map((at) =>
    Number(found[at] ?? 0),
  )
  if (month < 1 || month > 12 || hour > 23 || minute > 59) return undefined
  if (day < 1 || day > daysIn(year, month)) return undefined
  const start = instantOf({ year, month, day, hour, minute }, context.timeZone)
  if (found[5] !== undefined) return { start, end: start + 60_000 }
  return { start, end: instantOf({ year, month, day: day + 1, hour, minute }, context.timeZone) }
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The day that the wall shows at an instant, from midnight to midnight. */
export function dayAround(instant: number, { timeZone }: Context): Moment {
  const midnight = { ...localTime(instant, timeZone), hour: 0, minute: 0 }
  return {
    start: instantOf(midnight, timeZone),
    end: instantOf({ ...midnight, day: midnight.day + 1 }, timeZone),
  }
}

/** The day that the wall shows at an instant, as `yyyy-MM-dd`. */
export function dayOf(instant: number, { timeZone }: Context): string {
  return dayText(localTime(instant, timeZone))
}

const milliseconds: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
}

function readPeriod(text: string): number | undefined {
  const found = /^([-+]?)((?:\d{1,9}[wdhm]\s*)+)$/.exec(text.trim())
  if (!found) return undefined
  const [, sign, body = ''] = found
  let total = 0
  for (const [, count, unit = ''] of body.matchAll(/(\d+)([wdhm])/g)) {
    total += Number(count) * (milliseconds[unit] ?? 0)
  }
  return sign === '-' ? -total : total
}

/** A length of work in seconds: `2h 30m`, where a day has 8 hours and a week 5 days. A bare number is minutes. */
export function readDuration(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 60
  if (!/^(?:\d{1,9}(?:\.\d{1,3})?[wdhm]\s*)+$/.test(text)) return undefined
  let total = 0
  for (const [, count, unit = ''] of text.matchAll(/([\d.]+)([wdhm])/g)) {
    total += Number(count) * (workSeconds[unit] ?? 0)
  }
  return total
}

const workSeconds: Readonly<Record<string, number>> = { w: 144_000, d: 28_800, h: 3600, m: 60 }

/** A unit of the calendar or the clock, from the smallest to the largest. */
export const units = ['m', 'h', 'd', 'w', 'M', 'y'] as const

/** `M` is a calendar month, `m` a minute. */
export type CalendarUnit = (typeof units)[number]

/** Reads the argument of a date function: `-7d`, `+1`, `2M`. A bare number counts in `unit`. */
export function readIncrement(
  text: string,
  unit: CalendarUnit,
): { count: number; unit: CalendarUnit } | undefined {
  const found = /^([-+]?\d{1,6})([yMwdhm]?)$/.exec(text.trim())
  if (!found) return undefined
  return { count: Number(found[1]), unit: units.find((each) => each === found[2]) ?? unit }
}

/** Moves a time on the wall. Months and years keep the day of the month, or take the last there is. */
export function moved(local: LocalTime, count: number, unit: CalendarUnit): LocalTime {
  if (unit === 'M' || unit === 'y') {
    const months = local.year * 12 + local.month - 1 + count * (unit === 'y' ? 12 : 1)
    const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
    return { ...local, year, month, day: Math.min(local.day, daysIn(year, month)) }
  }
  if (unit === 'w') return { ...local, day: local.day + 7 * count }
  if (unit === 'd') return { ...local, day: local.day + count }
  return unit === 'h' ? { ...local, hour: local.hour + count } : { ...local, minute: local.minute + count }
}
