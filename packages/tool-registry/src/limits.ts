import type { Problem } from './problem.ts'
import type { LimitRefusal, LimitState } from './visit.ts'

/** JSON-RPC code of a refusal by a limit: outside of the range that JSON-RPC and MCP keep for themselves. */
const limitedCode = 42_900

/** Where machine-readable facts of a refusal stand in `_meta`. */
const limitMetaKey = 'telamon/rate-limit'

/** Whose limit it was, and when the call could pass. */
export interface LimitFacts {
  readonly source: 'telamon' | 'atlassian'
  readonly retryAfterMs: number
  readonly violated: readonly string[]
}

/** The facts of a refusal for `_meta`. */
export function limitMeta({ source, retryAfterMs, violated }: LimitFacts): Readonly<Record<string, unknown>> {
  return {
    [limitMetaKey]: {
      retryAfterSeconds: secondsOf(retryAfterMs),
      violatedPolicies: violated,
      source,
      executed: false,
    },
  }
}

/** A refusal by a limit of ours, as a problem. */
export function limitProblem(refusal: LimitRefusal): Problem {
  const wait = waitOf(refusal.retryAfterMs)
  const long = refusal.retryAfterMs > 60_000
  return {
    verdict: 'refused',
    code: 'rate_limited',
    what: `Not done: ${limitWords(refusal)} is reached for now.`,
    written: 'no',
    next: long
      ? `Repeat the same call in ${wait}, and go on with other work until then.`
      : `Repeat the same call in ${wait}, or ask for fewer results.`,
    meta: limitMeta({ source: 'telamon', ...refusal }),
  }
}

/** The same as a JSON-RPC error with HTTP status 429, for deployments that count statuses. */
export function limitResponse(refusal: LimitRefusal, id: string | number): Response {
  const retryAfterSeconds = secondsOf(refusal.retryAfterMs)
  const error = {
    code: limitedCode,
    message: `A limit of this server is reached. Try again in ${waitOf(refusal.retryAfterMs)}.`,
    data: {
      kind: 'rate_limited',
      retryAfterSeconds,
      violatedPolicies: refusal.violated,
      limits: refusal.limits,
      source: 'telamon',
      executed: false,
    },
  }
  return Response.json(
    { jsonrpc: '2.0', id, error },
    { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } },
  )
}

/** A wait in words: seconds up to a minute, minutes from there on. */
export function waitOf(milliseconds: number): string {
  const seconds = secondsOf(milliseconds)
  if (seconds <= 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

/** Whole seconds, rounded up, at least one; a wait without an end counts as a day. */
function secondsOf(milliseconds: number): number {
  return Math.min(86_400, Math.max(1, Math.ceil(milliseconds / 1000)))
}

function limitWords({ violated, limits }: LimitRefusal): string {
  const state = limits.find((limit) => limit.policy === violated[0])
  return state === undefined
    ? 'a limit of this server'
    : `the limit ${state.policy} of this server (${rateOf(state)})`
}

function rateOf({ limit, unit, windowSeconds }: LimitState): string {
  const window = windowSeconds === 3600 ? 'an hour' : `in ${windowSeconds} seconds`
  return `${limit.toLocaleString('en')} ${unit} ${window}`
}
