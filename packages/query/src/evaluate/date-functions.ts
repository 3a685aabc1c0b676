import type { LocalTime } from '../zone.ts'
import { instantOf, localTime } from '../zone.ts'
import type { Context } from './context.ts'
import type { CalendarUnit } from './dates.ts'
import { moved, readIncrement, units } from './dates.ts'
import type { FunctionDef } from './dialect.ts'

const periods = { Day: 'd', Week: 'w', Month: 'M', Year: 'y' } as const

/** `now`, `currentUser`, and the beginnings and ends of days, weeks, months and years, in the caller's time zone. */
export const commonFunctions: readonly FunctionDef[] = [
  {
    name: 'now',
    list: false,
    types: ['date', 'datetime'],
    call: ([increment], { context }) =>
      increment === undefined ? context.now : shifted(increment, context, { unit: 'd', find: keep }),
  },
  ...Object.entries(periods).flatMap(([name, unit]): readonly FunctionDef[] => [
    {
      name: `startOf${name}`,
      list: false,
      types: ['date', 'datetime'],
      call: ([increment = '0'], { context }) => shifted(increment, context, { unit, find: startOf }),
    },
    {
      name: `endOf${name}`,
      list: false,
      types: ['date', 'datetime'],
      call: ([increment = '0'], { context }) => shifted(increment, context, { unit, find: endOf }),
    },
  ]),
  { name: 'currentUser', list: false, call: (_args, { context }) => context.user ?? [] },
]

interface Edge {
  readonly unit: CalendarUnit
  /** The edge around a local time, and how far before it the function points, in milliseconds. */
  readonly find: (local: LocalTime, unit: CalendarUnit, context: Context) => readonly [LocalTime, number]
}

/**
 * An increment of the function's own unit or a larger one moves the period, so that the end of a month stays the end of
 * a month; a smaller one moves the edge, as in `startOfMonth("+14d")` for the 15th.
 */
function shifted(text: string, context: Context, { unit, find }: Edge): number | { problem: string } {
  const increment = readIncrement(text, unit)
  if (!increment) {
    return {
      problem: `The increment '${text}' is not readable. Write a count and a unit, such as -1d or +2M.`,
    }
  }
  const { count } = increment
  const first = units.indexOf(increment.unit) >= units.indexOf(unit)
  const { now, timeZone } = context
  const local = localTime(now, timeZone)
  const [edge, before] = find(first ? moved(local, count, increment.unit) : local, unit, context)
  const target = first ? edge : moved(edge, count, increment.unit)
  // Seconds are below a minute of the wall, and the same in every zone.
  const seconds = find === keep ? ((now % 60_000) + 60_000) % 60_000 : 0
  return instantOf(target, timeZone) - before + seconds
}

function keep(local: LocalTime): readonly [LocalTime, number] {
  return [local, 0]
}

function startOf(
  local: LocalTime,
  unit: CalendarUnit,
  { weekStart = 0 }: Context,
): readonly [LocalTime, number] {
  const midnight = { ...local, hour: 0, minute: 0 }
  if (unit === 'y') return [{ ...midnight, month: 1, day: 1 }, 0]
  if (unit === 'M') return [{ ...midnight, day: 1 }, 0]
  if (unit === 'd') return [midnight, 0]
  const weekday = new Date(Date.UTC(local.year, local.month - 1, local.day)).getUTCDay()
  return [{ ...midnight, day: local.day - ((weekday - weekStart + 7) % 7) }, 0]
}

/** One millisecond before the next begins. */
function endOf(local: LocalTime, unit: CalendarUnit, context: Context): readonly [LocalTime, number] {
  const [start] = startOf(local, unit, context)
  return [moved(start, 1, unit), 1]
}
