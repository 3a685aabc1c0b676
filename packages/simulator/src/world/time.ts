const day = 86_400_000
const quarter = 900_000

/**
 * The offset of a time zone from UTC at a moment, in minutes. On a day that begins and ends with the same offset it has
 * no other; within the few other days zones change at quarters of an hour at the finest.
 */
export function offsetMinutes(instant: number, timeZone: string): number {
  const start = Math.floor(instant / day) * day
  const offset = offsetAt(start, timeZone)
  if (offset === offsetAt(start + day, timeZone)) return offset
  return offsetAt(Math.floor(instant / quarter) * quarter, timeZone)
}

function offsetAt(instant: number, timeZone: string): number {
  const offsets = offsetsOf.get(timeZone) ?? new Map<number, number>()
  offsetsOf.set(timeZone, offsets)
  const found = offsets.get(instant)
  if (found !== undefined) return found
  const parts = formatOf(timeZone).formatToParts(instant)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name)
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)
  const offset = match?.[1] === '-' ? -minutes : minutes
  if (offsets.size > 10_000) offsets.clear()
  offsets.set(instant, offset)
  return offset
}

/** By zone: the offset at some moments. */
const offsetsOf = new Map<string, Map<number, number>>()
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, format)
  return format
}

const two = (number: number): string => String(number).padStart(2, '0')

/** A date-time as Jira writes it: milliseconds, and the offset without a colon (recorded). */
export function jiraTime(instant: number, timeZone: string): string {
  const offset = offsetMinutes(instant, timeZone)
  const local = new Date(instant + offset * 60_000).toISOString().slice(0, -1)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

/** The day in a time zone, as `yyyy-MM-dd`. */
export function dayOf(instant: number, timeZone: string): string {
  return new Date(instant + offsetMinutes(instant, timeZone) * 60_000).toISOString().slice(0, 10)
}

/** A length of time as Jira writes it, with days of eight hours and weeks of five days (recorded: `1d 1h`). */
export function jiraDuration(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['w', 144_000],
    ['d', 28_800],
    ['h', 3600],
    ['m', 60],
  ]
  let rest = seconds
  const words: string[] = []
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    if (count > 0) words.push(`${count}${unit}`)
    rest -= count * size
  }
  return words.length === 0 ? '0m' : words.join(' ')
}

/** Reads `1w 2d 3h 4m`; a bare number counts minutes. Undefined for anything else. */
export function readDuration(text: string): number | undefined {
  const sizes: Record<string, number> = { w: 144_000, d: 28_800, h: 3600, m: 60 }
  let total = 0
  for (const word of text.trim().split(/\s+/)) {
    const match = /^(\d{1,6})([wdhm]?)$/i.exec(word)
    if (!match) return undefined
    total += Number(match[1]) * (sizes[(match[2] ?? '').toLowerCase() || 'm'] ?? 60)
  }
  return total
}
