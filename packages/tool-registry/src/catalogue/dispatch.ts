import type { ArgumentIssue } from '../issues.ts'
import { nearest } from '../nearest.ts'
import type { View } from '../prepared.ts'
import { invalidArguments } from '../problem.ts'
import type { Problem } from '../problem.ts'
import type { Resolved } from '../registry.ts'
import { tiers } from '../tiers.ts'
import type { Tier } from '../tiers.ts'
import type { Dispatch, ToolFacts } from '../tool.ts'
import { oneLine } from '../untrusted.ts'
import { ExecuteInput, executorOf } from './execute.ts'

/** The tool that a call means, with the arguments for it. */
export interface MeantCall<Services> {
  readonly ok: true
  readonly resolved: Resolved<Services>
  readonly arguments: unknown
  /** The tool that was called to reach it. */
  readonly via?: string
}

/** A call that means nothing that can be done, with what to do instead. */
export interface MeaninglessCall {
  readonly ok: false
  readonly tool: ToolFacts
  readonly problem: Problem
}

/**
 * Finds what a call means: the tool itself, or the one that its arguments name. It is done before anything else, so that
 * permission, limits, policies and audit see the tool that runs, however it was called.
 */
export async function meantCall<Services>(
  resolved: Resolved<Services>,
  given: unknown,
  view: Pick<View<Services>, 'get' | 'make' | 'catalogue'>,
): Promise<MeantCall<Services> | MeaninglessCall> {
  const { tool } = resolved
  const { dispatch } = tool
  if (dispatch === undefined) return { ok: true, resolved, arguments: given }
  const bound = tool.bind(given, resolved.alias)
  if (!bound.ok) return { ok: false, tool, problem: invalidArguments(tool.name, bound.issues) }
  const { name, cloudId, inputs = {} } = ExecuteInput.parse(bound.input)
  const target = view.get(name) ?? (await view.make(name))
  if (target === undefined || target.tool.dispatch !== undefined) {
    return meaningless(tool, await unknownName(name, view))
  }
  const args = { ...(cloudId !== undefined && { cloudId }), ...inputs }
  const tier = tierOf(target, args)
  if (!dispatch.tiers.includes(tier)) return meaningless(tool, otherTier({ name, tier, dispatch }))
  return { ok: true, resolved: target, arguments: args, via: tool.name }
}

/** As its arguments make it; of arguments that do not fit, the deepest that is possible is not needed: they fail later. */
function tierOf<Services>({ tool, alias }: Resolved<Services>, args: unknown): Tier {
  const bound = tool.bind(args, alias)
  return bound.ok ? bound.tier : tool.tier
}

function meaningless(tool: ToolFacts, issue: ArgumentIssue): MeaninglessCall {
  return { ok: false, tool, problem: invalidArguments(tool.name, [issue]) }
}

async function unknownName<Services>(
  name: string,
  { catalogue }: Pick<View<Services>, 'catalogue'>,
): Promise<ArgumentIssue> {
  const meant = nearest(name, await catalogue.names())
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
  const given = JSON.stringify(oneLine(name).slice(0, 64))
  return {
    path: 'name',
    message: `${given} is nothing that this connection may run.${hint} discover finds names by words.`,
  }
}

function otherTier({
  name,
  tier,
  dispatch,
}: {
  readonly name: string
  readonly tier: Tier
  readonly dispatch: Dispatch
}): ArgumentIssue {
  const deeper = tiers.indexOf(tier) > Math.max(...dispatch.tiers.map((each) => tiers.indexOf(each)))
  const why = deeper ? 'more than this tool may do' : 'less than this tool is for'
  return {
    path: 'name',
    message: `${name} is of the tier ${tier}, ${why}: call it with ${executorOf(tier)}.`,
  }
}
