import type { AdmitOptions } from '../admit.ts'
import { namedCall } from '../named-call.ts'
import type { View } from '../prepared.ts'
import type { CallResult } from '../result.ts'
import type { Runner } from '../run.ts'
import type { Visit } from '../visit.ts'

/** Whom a server serves. */
export interface ServerScope<Services> {
  readonly visit: Visit<Services>
  readonly view: View<Services>
}

/** What calling a tool in somebody's name takes. */
export interface CallingOptions<Services> extends AdmitOptions {
  readonly run: Runner<Services>
}

/** Calls a tool by its name as the person of a scope would: with their permissions and limits, and with audit. */
export async function callInScope<Services>(
  { visit, view }: ServerScope<Services>,
  {
    name,
    arguments: args,
    via,
    signal,
  }: { name: string; arguments: unknown; via: string; signal: AbortSignal },
  { run, ...options }: CallingOptions<Services>,
): Promise<CallResult> {
  const found = await namedCall({ name, arguments: args, view, visit }, options)
  return found.ok ? run({ ...found.call, via, signal }) : found.result
}
