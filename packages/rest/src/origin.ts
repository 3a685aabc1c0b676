/** Hosts that are this machine. */
export const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Parses the address that credentials are good for. HTTPS, or this machine; no credentials, query or fragment in it. */
export function parseBase(text: string, name: string): URL {
  const base = URL.canParse(text) ? new URL(text) : undefined
  if (base === undefined || (base.protocol !== 'https:' && base.protocol !== 'http:')) {
    throw new TypeError(`${name} is no address. Give it in full, such as https://example.atlassian.net.`)
  }
  if (base.protocol === 'http:' && !loopback.test(base.hostname)) {
    throw new TypeError(
      `${name} is plain http, which shows the credentials to everybody on the way. Use https.`,
    )
  }
  if (base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '') {
    throw new TypeError(
      `${name} holds more than a host and a path. Give credentials as options of their own.`,
    )
  }
  return base
}

/** A base without the slash at its end, so that a path can be appended. */
export const trimmed = (base: URL): string => base.origin + base.pathname.replace(/\/+$/, '')

/** Cloud ids are UUIDs; this much keeps one from being anything else in a path. */
export function parseCloudId(cloudId: string): string {
  if (/^[\w-]{1,64}$/.test(cloudId)) return cloudId
  throw new TypeError(
    'cloudId is no cloud id. Take the id from accessible-resources, or from the _edge/tenant_info of the site.',
  )
}
