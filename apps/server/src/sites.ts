import { ToolError } from '@telamon/tool-registry'
import type { Site } from '@telamon/vault'

/**
 * The one site that a call means. `wanted` is what the model wrote as `cloudId`: the id, an address on the site, its
 * host, or its name; nothing when there is one site only.
 *
 * @throws ToolError that lists the sites there are when none or several fit. Nothing has been sent then.
 */
export function siteOf(sites: readonly Site[], wanted: unknown): Site {
  if (typeof wanted !== 'string' || wanted.trim() === '') return onlyOne(sites)
  const word = wanted.trim().toLowerCase()
  const host = hostOf(word)
  const found = sites.filter(
    ({ cloudId, url, name }) =>
      cloudId.toLowerCase() === word || name.toLowerCase() === word || new URL(url).host === host,
  )
  const [site] = found
  if (site !== undefined && found.length === 1) return site
  throw new ToolError({
    code: found.length > 1 ? 'ambiguous' : 'not_found',
    message:
      found.length > 1
        ? `More than one site is called "${word}".`
        : 'This connection does not reach a site with that cloudId.',
    next: choices(sites),
  })
}

function onlyOne(sites: readonly Site[]): Site {
  const [site] = sites
  if (site !== undefined && sites.length === 1) return site
  throw new ToolError({
    code: 'invalid_input',
    message:
      sites.length === 0
        ? 'This connection reaches no site.'
        : 'Say which site is meant: cloudId is missing.',
    next: choices(sites),
  })
}

/** `https://acme.atlassian.net/wiki/…` and `acme.atlassian.net` both mean the host. */
function hostOf(word: string): string | undefined {
  const text = word.includes('://') ? word : `https://${word}`
  return URL.canParse(text) ? new URL(text).host : undefined
}

function choices(sites: readonly Site[]): string {
  if (sites.length === 0) return 'Ask the person to sign in again and to choose a site.'
  return `Use one of these as cloudId: ${sites.map(({ cloudId, name, url }) => `${cloudId} (${name}, ${url})`).join('; ')}.`
}
