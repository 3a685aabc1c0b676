/** Hosts that are this machine. */
export const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Parses the address that credentials are good for. HTTPS, or this machine; no credentials, query or fragment in it. */
export function parseBase(text: string, name: string): URL {
  const base = URL.canParse(text) ? new URL(text) : undefined
  const fail = (fault: string): never => {
    throw new TypeError(`${name} ${fault}`)
  }
  if (base === undefined || !/^https?:$/.test(base.protocol))
    return fail('is no address. Give it in full, such as https://example.atlassian.net.')
  if (base.protocol === 'http:' && !loopback.test(base.hostname))
    return fail('is plain http, which shows the credentials. Use https.')
  if (base.username + base.password + base.search + base.hash !== '')
    return fail('holds more than a host and a path. Leave the rest out.')
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
