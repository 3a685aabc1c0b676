import { createHash } from 'node:crypto'

/**
 * The name of a server's entry in a store: its host, for people, and a hash that tells addresses apart. `variant` tells
 * several sign-ins to one address apart, such as those of two profiles.
 */
export function entryOf({ host, href }: URL, variant = ''): string {
  const hash = createHash('sha256').update(variant === '' ? href : `${href}\n${variant}`)
  return `${host.replace(/[^a-z0-9.-]+/g, '_')}-${hash.digest('hex').slice(0, 16)}`
}
