import { isAtlassianError } from '@telamon/rest'

import { atlassianProblem } from './atlassian-problem.ts'
import type { Problem } from './problem.ts'
import type { Tier } from './tiers.ts'
import { isToolError } from './tool-error.ts'
import { isLimitError, waitingProblem } from './waiting.ts'

/** What was going on when it happened. */
export interface ProblemContext {
  readonly tool: string
  readonly tier: Tier
  /** Whether a writing request had succeeded before. */
  readonly wrote: boolean
}

/** Turns whatever a run threw into a problem. Never lets a foreign error's message through. */
export function problemOf(error: unknown, context: ProblemContext): Problem {
  const problem = known(error, context)
  return context.wrote ? { ...problem, written: 'yes' } : problem
}

function known(error: unknown, context: ProblemContext): Problem {
  if (isToolError(error)) {
    return {
      verdict: 'failed',
      code: error.code,
      what: error.message,
      written: writtenBy[error.outcome],
      next: error.next ?? '',
    }
  }
  if (isAtlassianError(error)) return atlassianProblem(error, context.tier)
  if (isLimitError(error)) return waitingProblem(error)
  const connection = vaultProblem(error)
  if (connection !== undefined) return { verdict: 'failed', written: 'no', ...connection }
  return {
    verdict: 'failed',
    code: 'internal',
    what: `${context.tool} failed because of a fault in this server, not in your call.`,
    written: context.tier === 'read' ? 'no' : 'unknown',
    next: 'Do not repeat it unchanged more than once; tell the person.',
    fault: error,
  }
}

const writtenBy = { not_executed: 'no', unknown: 'unknown', executed: 'yes' } as const

const vaultProblems: Readonly<Record<string, Pick<Problem, 'code' | 'what' | 'next'>>> = {
  needs_sign_in: {
    code: 'needs_sign_in',
    what: "The person's connection to Atlassian has ended.",
    next: 'Ask the person to sign in again: disconnect and reconnect this server in their client.',
  },
  try_again: {
    code: 'unavailable',
    what: 'Atlassian could not confirm the connection right now.',
    next: 'Repeat the same call in a few seconds.',
  },
  misconfigured: {
    code: 'misconfigured',
    what: 'This server is not set up correctly for Atlassian, so no call can succeed.',
    next: 'Tell the person that the operator of this server has to look at its log.',
  },
}

/** Errors of the vault are known by their shape, since this package does not depend on it. */
function vaultProblem(error: unknown): Pick<Problem, 'code' | 'what' | 'next'> | undefined {
  if (!(error instanceof Error) || error.name !== 'VaultError' || !('code' in error)) return undefined
  return typeof error.code === 'string' ? vaultProblems[error.code] : undefined
}
