import { admit } from './admit.ts'
import type { AdmitOptions } from './admit.ts'
import type { ToolCall } from './call.ts'
import { meantCall } from './catalogue/dispatch.ts'
import { nearest } from './nearest.ts'
import { refusal } from './policies/audit.ts'
import type { View } from './prepared.ts'
import { problemResult } from './problem.ts'
import type { CallResult } from './result.ts'
import { errorResult } from './result.ts'
import { oneLine } from './untrusted.ts'
import type { Visit } from './visit.ts'

/** A call by name, of a run in its caller's name. */
export interface NamedCall<Services> {
  readonly name: string
  readonly arguments: unknown
  readonly view: View<Services>
  readonly visit: Visit<Services>
}

/** A call that may begin, or what to answer instead. */
export type FoundCall<Services> =
  | { readonly ok: true; readonly call: ToolCall<Services> }
  | { readonly ok: false; readonly result: CallResult }

/** Finds the tool of a name, whether it is held ready or made on demand, and admits the call. */
export async function namedCall<Services>(
  { name, arguments: given, view, visit }: NamedCall<Services>,
  options: AdmitOptions,
): Promise<FoundCall<Services>> {
  const named = view.get(name) ?? (await view.make(name))
  if (named === undefined)
    return {
      ok: false,
      result: errorResult(`${unknownTool(name, await view.catalogue.names())} Nothing was changed.`),
    }
  const meant = await meantCall(named, given, view)
  if (!meant.ok) {
    options.observe(refusal({ tool: meant.tool, visit }, meant.problem.code, options.now()))
    return { ok: false, result: problemResult(meant.problem, 'write') }
  }
  const call = { ...meant.resolved, arguments: meant.arguments, view, visit }
  const refused = admit(call, options)
  return refused === undefined
    ? { ok: true, call }
    : { ok: false, result: problemResult(refused.problem, 'write') }
}

/** Says that there is no such tool, and which one may have been meant. */
export function unknownTool(name: string, known: Iterable<string>): string {
  const meant = nearest(name, known)
  const given = `There is no tool ${JSON.stringify(oneLine(name).slice(0, 64))}.`
  return meant === undefined ? `${given} See tools/list.` : `${given} Did you mean ${meant}?`
}
