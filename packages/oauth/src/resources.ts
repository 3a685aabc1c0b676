import type { ResourceSettings } from './options.ts'

/**
 * Finds the resource that the parameters mean (RFC 8707): the first configured one when there is none. Scheme and host
 * are compared without case, a trailing slash matters except on a root, and a fragment fits nothing. Several have to
 * mean the same.
 */
export function findResource<Known extends Pick<ResourceSettings, 'url'>>(
  wanted: readonly string[],
  known: readonly Known[],
): Known | undefined {
  const [first] = known
  if (wanted.length === 0) return first
  const found = new Set(wanted.map((text) => known.find(({ url }) => isSameResource(text, url))))
  return found.size === 1 ? [...found][0] : undefined
}

/** Whether a text names a resource. */
export function isSameResource(text: string, url: string): boolean {
  const canonical = canonicalResource(text)
  return canonical !== undefined && canonical === canonicalResource(url)
}

function canonicalResource(text: string): string | undefined {
  const groups = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):\/\/(?<host>[^/?#]+)(?<rest>[^#]*)$/.exec(text)?.groups
  if (groups === undefined) return undefined
  const { scheme = '', host = '', rest = '' } = groups
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${rest === '/' ? '' : rest}`
}
