/** Cookies of an issuer, which no other host can set or read. */
export interface Cookies {
  /** Lines that set a cookie. Without a life it ends with the browser. */
  readonly set: (name: string, value: string, maxAgeSeconds?: number) => readonly string[]
  readonly read: (request: Request, name: string) => string | undefined
}

/**
 * Makes them for an issuer: `__Host-`, `Secure`, `HttpOnly`, `SameSite=Lax`. Safari refuses `Secure` on plain http, also
 * on loopback. There, and only there, a twin without it counts too.
 */
export function createCookies(issuer: URL): Cookies {
  const plain = issuer.protocol === 'http:'
  const names = (name: string): readonly string[] => (plain ? [`__Host-${name}`, name] : [`__Host-${name}`])
  return {
    set: (name, value, maxAgeSeconds) =>
      names(name).map((full) => {
        const secure = full === name ? '' : '; Secure'
        const life = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
        return `${full}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${life}`
      }),
    read(request, name) {
      const cookies = parseCookies(request.headers.get('cookie') ?? '')
      return names(name)
        .map((full) => cookies.get(full))
        .find((value) => value !== undefined)
    },
  }
}

/** The first value of each cookie (RFC 6265 section 5.4: more specific paths first). */
function parseCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header.slice(0, 8192).split(';')) {
    const at = pair.indexOf('=')
    if (at < 0) continue
    const name = pair.slice(0, at).trim()
    if (!cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim())
  }
  return cookies
}
