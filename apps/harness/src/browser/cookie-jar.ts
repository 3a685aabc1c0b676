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

export function createCookieJar(): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>()
  return {
    store(url, headers) {
      const kept = hosts.get(url.hostname) ?? new Map<string, Cookie>()
      hosts.set(url.hostname, kept)
      for (const line of headers.getSetCookie()) {
        const { cookie, expired } = parse(line)
        if (expired) kept.delete(cookie.name)
        else kept.set(cookie.name, cookie)
      }
    },
    header(url) {
      const kept = [...(hosts.get(url.hostname)?.values() ?? [])]
      const sent = kept.filter(({ path }) => url.pathname.startsWith(path))
      return sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    },
  }
}

function parse(line: string): { readonly cookie: Cookie; readonly expired: boolean } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const attribute = (name: string): string | undefined =>
    attributes.find((text) => text.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const expired = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') <= Date.now()
  return {
    cookie: { name: pair.slice(0, at), value: pair.slice(at + 1), path: attribute('path') ?? '/' },
    expired,
  }
}
