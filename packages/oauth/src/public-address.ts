import { isIP } from 'node:net'

import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address belongs to the public Internet: plain unicast, in none of the special-use ranges. An
 * IPv4-mapped address counts as the IPv4 address in it, and what cannot be read counts as not public.
 *
 * Needs `ipaddr.js` 2.5 or later: 1.9 takes a dozen special-use addresses for public ones.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also reads short, octal and hexadecimal forms, which no resolver answers with.
  if (isIP(address) === 0) return false
  try {
    return ipaddr.process(address).range() === 'unicast'
  } catch {
    // What cannot be read is nothing that may be connected to.
    return false
  }
}

/**
 * The part of a peer's address that limits count by: an IPv4 address, or the /64 that an IPv6 peer can choose from.
 * What is no address is counted as it stands.
 */
export function limitAddress(address: string): string {
  try {
    const parsed = ipaddr.process(address.replace(/%.*$/, ''))
    if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
    return `${parsed.parts
      .slice(0, 4)
      .map((part) => part.toString(16))
      .join(':')}::/64`
  } catch {
    // A socket without an address, such as a pipe.
    return address
  }
}
