/** A moment as a calendar and a clock on the wall show it. Months count from 1. */
export interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Throws RangeError for a zone that is not in the IANA database. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  })
  // Names come from settings and people's profiles: a few, and yet never without a bound.
  if (formats.size >= 1000) formats.clear()
  formats.set(timeZone, format)
  return format
}

/** What the wall shows in a zone at an instant (milliseconds since 1970). */
export function localTime(instant: number, timeZone: string): LocalTime {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = value
  const read = (name: string): number => Number(parts[name] ?? 0)
  const year = parts['era'] === 'BC' ? 1 - read('year') : read('year')
  return { year, month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute') }
}

/** The wall's own time line, on which every day has 24 hours. Members beyond their range carry over. */
function wall({ year, month, day, hour, minute }: LocalTime): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute)
  return date.getTime()
}

/**
 * The instant at which the wall shows that time. Members beyond their range carry over. A time that a zone leaves out
 * is read with the offset before the gap, a time that comes twice is the first.
 */
export function instantOf(local: LocalTime, timeZone: string): number {
  const asUtc = wall(local)
  const offsetAt = (instant: number): number => {
    const minute = Math.floor(instant / 60_000) * 60_000
    return wall(localTime(minute, timeZone)) - minute
  }
  const earlier = asUtc - offsetAt(asUtc - 86_400_000)
  const later = asUtc - offsetAt(asUtc + 86_400_000)
  if (earlier === later || wall(localTime(earlier, timeZone)) === asUtc) return earlier
  return wall(localTime(later, timeZone)) === asUtc ? later : earlier
}

/** `yyyy-MM-dd`. */
export function dayText({ year, month, day }: LocalTime): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`
}

/** `yyyy-MM-dd HH:mm`. */
export function minuteText(local: LocalTime): string {
  return `${dayText(local)} ${pad(local.hour)}:${pad(local.minute)}`
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0')
}
