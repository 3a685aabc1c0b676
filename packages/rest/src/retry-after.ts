/** In milliseconds. Limits are hourly at most; what names a longer wait has overflowed (seen: 9223372036854775807 s). */
const longest = 86_400_000

/** The server's own clock, by which an instant of its answer is understood, else ours. */
function clockOf(headers: Headers, now: number): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? now : date
}

/** Seconds, several of them when the field came twice, or an HTTP date. @see RFC 9110, section 10.2.3 */
function retryAfter(field: string, clock: number): number | undefined {
  const numbers = field.split(',').map((part) => part.trim())
  if (numbers.every((part) => /^\d+(?:\.\d+)?$/.test(part))) return Math.max(...numbers.map(Number)) * 1_000
  const instant = Date.parse(field)
  return Number.isNaN(instant) ? undefined : instant - clock
}

/** An ISO instant with or without seconds, as Jira writes it, or seconds since 1970, as others do. */
function reset(field: string, clock: number): number | undefined {
  const instant = /^\d+(?:\.\d+)?$/.test(field) ? Number(field) * 1_000 : Date.parse(field)
  return Number.isNaN(instant) ? undefined : instant - clock
}

/** How long an answer asks to wait, in milliseconds from 0 to a day; nothing when it does not say. */
export function readWait(headers: Headers, now: number): number | undefined {
  const clock = clockOf(headers, now)
  const after = headers.get('retry-after')
  const until = headers.get('x-ratelimit-reset')
  const wait =
    (after === null ? undefined : retryAfter(after, clock)) ??
    (until === null ? undefined : reset(until, clock))
  return wait === undefined ? undefined : Math.min(Math.max(0, wait), longest)
}
