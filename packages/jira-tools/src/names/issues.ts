import { ToolError } from '@telamon/tool-registry'

import type { JiraSite } from '../define.ts'

const key = /^[A-Za-z][A-Za-z0-9_]{1,254}-[1-9]\d{0,18}$/
const id = /^[1-9]\d{0,18}$/

/** Places in the path of an address behind which the issue is named: pages for people, queues, the API. */
const inPath = /\/(?:browse|issues?|queues\/custom\/\d+)\/([^/]+)/

/** The key in capitals, or the id, that a text names; undefined when it names none. */
export function numberOrKey(text: string): string | undefined {
  const address = addressIn(text)
  const word = address === undefined ? text : namedBy(address)
  if (word === undefined) return undefined
  if (key.test(word)) return word.toUpperCase()
  return id.test(word) ? word : undefined
}

/**
 * The key or id of an issue on a site, from however the caller names it.
 *
 * @throws ToolError for an address on another site: the same key may be another issue there.
 */
export function keyOn({ url, name }: Pick<JiraSite, 'url' | 'name'>, issue: string): string {
  const address = addressIn(issue)
  if (address !== undefined && isElsewhere(address, new URL(url))) {
    throw new ToolError({
      code: 'invalid_input',
      message: `The address leads to ${address.host}, and this call goes to the site ${name}.`,
      next: `Call again with cloudId ${address.origin}, or give the key of the issue.`,
    })
  }
  return numberOrKey(issue) ?? issue
}

function addressIn(text: string): URL | undefined {
  return text.includes('://') && URL.canParse(text) ? new URL(text) : undefined
}

/** `…/browse/ALPHA-12` and `…?selectedIssue=ALPHA-12` both name an issue. */
function namedBy({ pathname, searchParams }: URL): string | undefined {
  return searchParams.get('selectedIssue') ?? inPath.exec(pathname)?.[1]
}

/** Whether an address is on another site of the same kind. A name of one's own may stand for any site. */
function isElsewhere(there: URL, here: URL): boolean {
  if (there.host === here.host) return false
  return there.hostname === here.hostname || parentOf(there) === parentOf(here)
}

const parentOf = ({ hostname }: URL): string => hostname.slice(hostname.indexOf('.'))
