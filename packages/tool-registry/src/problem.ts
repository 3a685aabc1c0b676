import type { Verdict, Written } from './events.ts'
import type { ArgumentIssue } from './issues.ts'
import { errorResult } from './result.ts'
import type { CallResult } from './result.ts'
import type { Tier } from './tiers.ts'
import { oneLine } from './untrusted.ts'

/** Why a call did not succeed, in words that a model can act on. */
export interface Problem {
  readonly verdict: Exclude<Verdict, 'done'>
  readonly code: string
  /** What happened: whole sentences. */
  readonly what: string
  readonly written: Written
  /** The next call to make, or what to ask the person. */
  readonly next: string
  readonly meta?: Readonly<Record<string, unknown>>
  /** Set for faults of the program, for the operator. */
  readonly fault?: unknown
}

/** Arguments that do not fit the tool. */
export function invalidArguments(tool: string, issues: readonly ArgumentIssue[]): Problem {
  const lines = issues
    .slice(0, mostIssues)
    .map(({ path, message }) => `- ${oneLine(`${path} ${message}`).slice(0, 300)}`)
  const more = issues.length > mostIssues ? [`- and ${issues.length - mostIssues} more`] : []
  return {
    verdict: 'invalid',
    code: 'invalid_arguments',
    what: [`The arguments do not fit ${tool}:`, ...lines, ...more].join('\n'),
    written: 'no',
    next: 'Correct them and call again.',
  }
}

/** Arguments that make a tool reach deeper than this connection may. */
export function outOfReach(tool: string, tier: Tier): Problem {
  return {
    verdict: 'refused',
    code: 'forbidden',
    what: `Not done: with these arguments ${tool} is of the tier ${tier}, which this connection does not have.`,
    written: 'no',
    next: 'Tell the person: the operator of this server, or the address it was added with, leaves that tier out.',
  }
}

/** A call that took longer than it may. */
export function timedOut(tool: string, seconds: number, written: Written): Problem {
  return {
    verdict: 'timed_out',
    code: 'timeout',
    what: `${tool} did not finish within ${seconds} seconds and was stopped.`,
    written,
    next: 'Ask for less in one call, such as fewer items.',
  }
}

/** A call whose caller hung up. Nobody reads it; it is written for the audit. */
export function cancelled(written: Written): Problem {
  return { verdict: 'cancelled', code: 'cancelled', what: 'The call was cancelled.', written, next: '' }
}

/** The result that tells the caller. Whether something was written is said for tools that can write. */
export function problemResult(problem: Problem, tier: Tier): CallResult {
  const parts = [problem.what, tier === 'read' ? '' : writtenSentence[problem.written], problem.next]
  const separator = problem.what.includes('\n') ? '\n' : ' '
  return errorResult(parts.filter((part) => part !== '').join(separator), problem.meta)
}

const mostIssues = 8

const writtenSentence: Readonly<Record<Written, string>> = {
  no: 'Nothing was changed.',
  yes: 'Part of it was carried out already: read the current state before you call again.',
  unknown: 'It is not known whether the change was made: read the current state before you call again.',
}
