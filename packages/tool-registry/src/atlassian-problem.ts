import type { AtlassianError } from '@telamon/rest'

import { limitMeta, waitOf } from './limits.ts'
import type { Problem } from './problem.ts'
import type { Tier } from './tiers.ts'
import { fence } from './untrusted.ts'

/** Words an error of the upstream for a model. What Atlassian wrote stands in a fence. */
export function atlassianProblem(error: AtlassianError, tier: Tier): Problem {
  const { what, next } = words[error.code](error)
  const said = saidBy(error)
  const unknown = tier !== 'read' && error.outcome === 'unknown'
  return {
    verdict: error.code === 'aborted' ? 'cancelled' : 'failed',
    code: error.code,
    what: said === '' ? what : `${what} Atlassian said:\n${said}`,
    written: tier === 'read' ? 'no' : written[error.outcome],
    // Whoever does not know whether it was carried out has to look first, whatever would heal the failure.
    next: unknown ? 'Repeat the call only if the change is not there.' : next,
    ...(error.code === 'rate_limited' && {
      meta: limitMeta({
        source: 'atlassian',
        retryAfterMs: error.retryAfterMs ?? defaultWaitMs,
        violated: [],
      }),
    }),
  }
}

interface Words {
  readonly what: string
  readonly next: string
}

const defaultWaitMs = 30_000

const words: Readonly<Record<AtlassianError['code'], (error: AtlassianError) => Words>> = {
  unauthenticated: () => ({
    what: "Atlassian did not accept the person's connection.",
    next: 'Ask the person to sign in again: disconnect and reconnect this server in their client.',
  }),
  insufficient_scope: () => ({
    what: "The person's sign-in at Atlassian does not cover this.",
    next: 'Ask the person to reconnect this server in their client and to allow what it asks for.',
  }),
  forbidden: () => ({
    what: 'The person is not allowed to do this in Atlassian.',
    next: 'Do not repeat it. Tell the person, who can ask an administrator of the site.',
  }),
  not_found: () => ({
    what: 'It does not exist, or the person may not see it; Atlassian does not say which.',
    next: 'Check key, id and site, or search for it.',
  }),
  conflict: () => ({
    what: 'It has changed in the meantime, or its state does not allow this.',
    next: 'Read it again and repeat the call on what it is now.',
  }),
  gone: () => ({
    what: 'Atlassian does not offer this, or no longer.',
    next: 'Do not repeat it. Use another tool, or tell the person.',
  }),
  invalid_request: () => ({
    what: 'Atlassian refused the values of this call.',
    next: 'Correct what is named and call again.',
  }),
  too_large: () => ({ what: 'It is too large for Atlassian.', next: 'Send or ask for less in one call.' }),
  rate_limited: ({ retryAfterMs }) => ({
    what: 'Atlassian takes no more calls from this site for now.',
    next: `Repeat the same call in ${waitOf(retryAfterMs ?? defaultWaitMs)}.`,
  }),
  server_error: ({ status }) => ({
    what: `Atlassian failed on its side (status ${status}).`,
    next: 'Try again in a minute; if it stays, tell the person.',
  }),
  unreadable: () => ({
    what: "Atlassian's answer could not be understood.",
    next: 'Try again once; if it stays, tell the person.',
  }),
  network: () => ({ what: 'Atlassian could not be reached.', next: 'Try again in a few seconds.' }),
  timeout: () => ({
    what: 'Atlassian did not answer in time.',
    next: 'Ask for less in one call, or try again in a minute.',
  }),
  aborted: () => ({ what: 'The call was cancelled.', next: '' }),
}

const written = { not_executed: 'no', unknown: 'unknown', executed: 'yes' } as const

const mostSentences = 8
const longestSentence = 300

function saidBy({ messages, fieldErrors }: AtlassianError): string {
  const fields = Object.entries(fieldErrors).map(([field, text]) => `${field}: ${text}`)
  const lines = [...messages, ...fields].slice(0, mostSentences).map((line) => line.slice(0, longestSentence))
  return lines.length === 0 ? '' : fence(lines.join('\n'), { source: 'error message of Atlassian' })
}
