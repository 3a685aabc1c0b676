import { aliasNote } from './aliases.ts'
import type { CallFacts, Ending, ToolCall } from './call.ts'
import { controlled } from './control.ts'
import type { Control } from './control.ts'
import type { Observe } from './events.ts'
import { problemOf } from './explain.ts'
import { createLru } from './lru.ts'
import { namedCall } from './named-call.ts'
import { audited } from './policies/audit.ts'
import { confirmationProblem, createConfirmations } from './policies/confirm.ts'
import type { ConfirmOptions } from './policies/confirm.ts'
import { withDeadline } from './policies/deadline.ts'
import type { After, Cut } from './policies/deadline.ts'
import { dryRunReply, dryRunStopIn } from './policies/dry-run.ts'
import type { View } from './prepared.ts'
import { cancelled, invalidArguments, outOfReach, problemResult, timedOut } from './problem.ts'
import type { Problem } from './problem.ts'
import { resultOf } from './reply.ts'
import type { CallResult } from './result.ts'
import type { BoundCall, ToolContext, ToolReply } from './tool.ts'
import { createTrail } from './trail.ts'
import type { Trail } from './trail.ts'

/** What surrounds every run. */
export interface RunnerOptions {
  readonly deadlineMs: number
  readonly replyBytes: number
  readonly observe: Observe
  readonly now: () => number
  readonly after: After
  /** What a person has to agree to. Default: nothing. */
  readonly confirm?: ConfirmOptions
}

/** Runs an admitted call under audit and deadline. Never throws: whatever happens becomes a result. */
export type Runner<Services> = (call: ToolCall<Services>) => Promise<CallResult>

const aliasMemory = 1000

/** Makes the one runner that both paths share. */
export function createRunner<Services>(options: RunnerOptions): Runner<Services> {
  const told = createLru<true>(aliasMemory)
  const { confirm, now } = options
  const confirmations = confirm && createConfirmations(confirm, now)

  /** The canonical name is told once to a grant, as far as this process remembers. */
  function notesOf({ alias, visit }: ToolCall<Services>): readonly string[] {
    if (alias === undefined) return []
    const key = `${visit.person.grantId} ${alias.name}`
    if (told.get(key)) return []
    told.set(key, true)
    return [aliasNote(alias)]
  }

  async function ended(call: ToolCall<Services>, trail: Trail): Promise<Ending> {
    const { tool, alias, visit } = call
    const { arguments: given, control: own } = controlled(call.arguments, tool)
    const control = { ...own, dryRun: own.dryRun || call.nested?.dryRun === true }
    const bound = tried(() => tool.bind(given, alias))
    if ('error' in bound)
      return failed(call, problemOf(bound.error, { tool: tool.name, tier: 'read', wrote: false }))
    if (!bound.ok) return failed(call, invalidArguments(tool.name, bound.issues))
    const held = heldBack(call, bound, control)
    if (held !== undefined) return failed(call, held)
    const signals = call.signal === undefined ? [visit.signal] : [visit.signal, call.signal]
    const { deadlineMs: milliseconds, after } = options
    const outcome = await withDeadline({ milliseconds, after, signals }, (signal) =>
      executed({ call, bound, trail, signal, dryRun: control.dryRun }),
    )
    return 'value' in outcome ? outcome.value : failed(call, cutOff(call, trail, outcome.cut))
  }

  /** Why a call with these arguments may not go on: it reaches too deep, or a person has to agree first. */
  function heldBack(
    { tool, view, visit, confirmation }: ToolCall<Services>,
    { tier, input }: BoundCall<Services>,
    control: Control,
  ): Problem | undefined {
    if (tier !== tool.tier && view?.reaches(tool, tier) === false) return outOfReach(tool.name, tier)
    if (confirmations?.needed(tier) !== true || control.dryRun) return undefined
    const asked = { grantId: visit.person.grantId, tool: tool.name, input }
    if (confirmations.redeem(confirmation ?? control.confirmation, asked)) return undefined
    return confirmationProblem(asked, tier, confirmations.mint(asked))
  }

  async function executed({ call, bound, trail, signal, dryRun }: Execution<Services>): Promise<Ending> {
    const { tool, visit, progress } = call
    const { person } = visit
    try {
      const report = trail.report
      const services = await visit.services({
        tool: tool.name,
        product: tool.product,
        tier: bound.tier,
        input: bound.input,
        dryRun,
        person,
        signal,
        report,
      })
      const reply = await bound.run(services, {
        signal,
        person,
        report,
        ...(progress && { progress }),
        ...(call.view && { catalogue: call.view.catalogue }),
        ...(call.view && !call.nested && { call: nestedCalls(call, call.view, { signal, dryRun }) }),
      })
      return done(call, bound, reply)
    } catch (error) {
      const stop = dryRun ? dryRunStopIn(error) : undefined
      if (stop !== undefined) {
        const { input } = bound
        const facts = { name: tool.name, tier: 'read' as const, input: tool.input }
        const context = { tool: facts, input, budget: options.replyBytes, notes: bound.notes }
        return { result: resultOf(dryRunReply(stop.request), context), verdict: 'done', written: 'no' }
      }
      return failed(call, problemOf(error, { tool: tool.name, tier: bound.tier, wrote: trail.wrote() }))
    }
  }

  function done(
    call: ToolCall<Services>,
    { input, tier, notes }: BoundCall<Services>,
    reply: ToolReply,
  ): Ending {
    const { tool } = call
    const context = { tool, input, budget: options.replyBytes, notes: [...notes, ...notesOf(call)] }
    const result = resultOf(reply, context)
    return {
      result,
      written: writtenBy(tier),
      ...(result.isError ? { verdict: 'failed', code: 'data_misfit' } : { verdict: 'done' }),
    }
  }

  function cutOff({ tool }: ToolCall<Services>, trail: Trail, cut: Cut): Problem {
    const written = tool.tier === 'read' && !trail.wrote() ? 'no' : 'unknown'
    return cut === 'timed_out'
      ? timedOut(tool.name, Math.round(options.deadlineMs / 1000), written)
      : cancelled(written)
  }

  /** Calls of a run in its caller's name. */
  function nestedCalls(
    { visit, tool }: ToolCall<Services>,
    view: View<Services>,
    { signal, dryRun }: Pick<Execution<Services>, 'signal' | 'dryRun'>,
  ): NonNullable<ToolContext['call']> {
    return async (name, args) => {
      const found = await namedCall({ name, arguments: args, view, visit }, options)
      return found.ok ? runner({ ...found.call, via: tool.name, signal, nested: { dryRun } }) : found.result
    }
  }

  const runner: Runner<Services> = async (call) => {
    const trail = createTrail()
    const ending = await audited({ call, trail }, options, () => ended(call, trail))
    return ending.result
  }
  return runner
}

/** A schema that throws is a fault of its tool, and no reason to leave a caller without an answer. */
function tried<Value extends object>(make: () => Value): Value | { readonly error: unknown } {
  try {
    return make()
  } catch (error) {
    return { error }
  }
}

interface Execution<Services> {
  readonly call: ToolCall<Services>
  readonly bound: BoundCall<Services>
  readonly trail: Trail
  readonly signal: AbortSignal
  readonly dryRun: boolean
}

function failed({ tool }: Pick<CallFacts, 'tool'>, problem: Problem): Ending {
  const { verdict, written, code, fault } = problem
  return {
    result: problemResult(problem, tool.tier),
    verdict,
    written,
    code,
    ...(fault !== undefined && { fault }),
  }
}

function writtenBy(tier: 'read' | (string & {})): 'no' | 'yes' {
  return tier === 'read' ? 'no' : 'yes'
}
