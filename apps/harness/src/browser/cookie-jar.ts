/**
 * Cookies as a browser keeps them: by host without port, by path and by name. `Secure` cookies are kept on loopback
 * over plain http too, as Chromium and Firefox do.
 */
export interface CookieJar {
  readonly store: (url: URL, headers: Headers) => void
  readonly header: (url: URL) => string
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
}

/** Makes an empty jar. */
export function createCookieJar(now: () => number = Date.now): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>()
  return {
    store(url, headers) {
      const kept = hosts.get(url.hostname) ?? new Map<string, Cookie>()
      hosts.set(url.hostname, kept)
      for (const line of headers.getSetCookie()) {
        const { cookie, expired } = parse(line, now())
        const place = `${cookie.path} ${cookie.name}`
        if (expired) kept.delete(place)
        else kept.set(place, cookie)
      }
    },
    header(url) {
      const kept = [...(hosts.get(url.hostname)?.values() ?? [])]
      const sent = kept.filter(({ path }) => covers(path, url.pathname))
      return sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    },
  }
}

/** Whether a cookie's path covers another, segment by segment (RFC 6265 section 5.1.4). */
function covers(path: string, asked: string): boolean {
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`)
}

function parse(line: string, now: number): { readonly cookie: Cookie; readonly expired: boolean } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const attribute = (name: string): string | undefined =>
    attributes.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const life = attribute('max-age')
  const expired = life === undefined ? Date.parse(attribute('expires') ?? '') <= now : Number(life) <= 0
  return {
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1), path: attribute('path') ?? '/' },
    expired,
  }
}
