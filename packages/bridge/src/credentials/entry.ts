import { createHash } from 'node:crypto'

/** The name of a server's entry in a store: its host, for people, and a hash that tells addresses apart. */
export function entryOf(server: URL): string {
  const { host, href } = server
  const hash = createHash('sha256').update(href).digest('hex').slice(0, 16)
  return `${host.replace(/[^a-z0-9.-]+/g, '_')}-${hash}`
}
