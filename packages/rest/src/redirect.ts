import { loopback } from './origin.ts'

/** Hosts that an address on the public net does not have: literals, single labels, and names for private nets. */
const inside = /^(?:[^.]*|[\d.]+|\[.*\]|.*\.(?:local|localhost|internal|intranet|home\.arpa|lan))\.?$/

/**
 * Where a download may be redirected to: an HTTPS address with a public name and no credentials in it, or, where the
 * base is this machine, this machine. What a name resolves to is for the `fetch` to judge.
 */
export function redirectTarget(location: string | null, from: URL, base: URL): URL | undefined {
  if (location === null || location === '' || !URL.canParse(location, from.href)) return undefined
  const target = new URL(location, from.href)
  if (target.username !== '' || target.password !== '') return undefined
  const own = loopback.test(base.hostname) && loopback.test(target.hostname)
  if (own && (target.protocol === 'http:' || target.protocol === 'https:')) return target
  return target.protocol === 'https:' && !inside.test(target.hostname) ? target : undefined
}
