import type { Http, HttpAnswer } from './http.ts'

interface Cookie {
  readonly value: string
  /** Milliseconds since 1970. Absent: as long as the program runs. */
  readonly ends?: number
}

/** Cookies that are kept of one origin at most. */
const maxCookies = 50

/**
 * Keeps the cookies of each origin in memory and sends them back to that origin alone, so that a load balancer finds
 * the same machine again. `Domain` and `Path` narrow or widen nothing. A `cookie` header that is given wins.
 */
export function withCookies(http: Http, now: () => number = Date.now): Http {
  const jars = new Map<string, Map<string, Cookie>>()

  function cookieFor({ origin }: URL): string | undefined {
    const jar = jars.get(origin)
    for (const [name, { ends }] of jar ?? []) if (ends !== undefined && ends <= now()) jar?.delete(name)
    if (!jar || jar.size === 0) return undefined
    return [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ')
  }

  function keep({ origin }: URL, { cookies = [] }: HttpAnswer): void {
    if (cookies.length === 0) return
    const jar = jars.get(origin) ?? new Map<string, Cookie>()
    jars.set(origin, jar)
    for (const text of cookies) {
      const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)=([^;]*)/.exec(text) ?? []
      if (name === undefined || !/^[\x21-\x7e]*$/.test(value.trim())) continue
      const ends = endOf(text, now())
      if (ends !== undefined && ends <= now()) jar.delete(name)
      else if (jar.size < maxCookies || jar.has(name))
        jar.set(name, { value: value.trim(), ...(ends !== undefined && { ends }) })
    }
  }

  return async (request) => {
    const cookie = request.headers['cookie'] ?? cookieFor(request.url)
    const answer = await http({
      ...request,
      headers: { ...request.headers, ...(cookie !== undefined && { cookie }) },
    })
    keep(request.url, answer)
    return answer
  }
}

/** `Max-Age` comes before `Expires`. @see RFC 6265, section 5.3 */
function endOf(text: string, now: number): number | undefined {
  const [, seconds] = /;\s*max-age=(-?\d{1,10})/i.exec(text) ?? []
  if (seconds !== undefined) return now + Number(seconds) * 1_000
  const [, date] = /;\s*expires=([^;]+)/i.exec(text) ?? []
  const ends = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(ends) ? undefined : ends
}
