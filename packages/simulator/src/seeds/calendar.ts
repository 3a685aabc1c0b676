import { offsetMinutes } from '../world/time.ts'

const day = 86_400_000

/** The calendar of a story: working days around the day on which it is told. */
export interface Calendar {
  /** The moment behind `-12 14:05`. */
  moment(text: string): number
  /** The day so many working days from today, as `yyyy-MM-dd`. */
  date(workingDays: number): string
  /** The same in words, such as `9 December 2026`. */
  words(workingDays: number): string
  /** A month by name and year, so many months from this one. */
  month(months: number): string
}

const isWeekend = (instant: number): boolean => [0, 6].includes(new Date(instant).getUTCDay())

/** Noon (UTC) of the day that is so many working days away. A weekend counts as the Friday before it. */
function noonOf(today: number, workingDays: number): number {
  let noon = Math.floor(today / day) * day + day / 2
  while (isWeekend(noon)) noon -= day
  const step = workingDays < 0 ? -day : day
  for (let left = Math.abs(workingDays); left > 0;) {
    noon += step
    if (!isWeekend(noon)) left -= 1
  }
  return noon
}

export function createCalendar(today: number, timeZone: string): Calendar {
  return {
    moment(text) {
      const match = /^(-\d+) (\d{2}):(\d{2})$/.exec(text)
      if (!match) throw new Error(`'${text}' is not a time of a story`)
      const midnight = noonOf(today, Number(match[1])) - day / 2
      const wall = midnight + Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000
      return wall - offsetMinutes(wall, timeZone) * 60_000
    },
    date: (workingDays) => new Date(noonOf(today, workingDays)).toISOString().slice(0, 10),
    words: (workingDays) =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
        noonOf(today, workingDays),
      ),
    month(months) {
      const date = new Date(today)
      const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
      return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        first,
      )
    },
  }
}
