import type { Ending, CallFacts } from '../call.ts'
import type { AuditEvent, Observe } from '../events.ts'
import { textOf } from '../result.ts'
import type { Trail } from '../trail.ts'

/** What the audit needs beside the call. */
export interface AuditOptions {
  readonly observe: Observe
  readonly now: () => number
}

/** Runs the rest and tells the observer how it ended: exactly one event for each call that reached a tool. */
export async function audited(
  { call, trail }: { readonly call: CallFacts; readonly trail: Trail },
  { observe, now }: AuditOptions,
  next: () => Promise<Ending>,
): Promise<Ending> {
  const at = now()
  const ending = await next()
  const { verdict, written, code, result, fault } = ending
  if (fault !== undefined) observe({ type: 'fault', tool: call.tool.name, error: fault })
  observe({
    ...factsOf(call),
    at,
    durationMs: now() - at,
    verdict,
    written,
    ...(code !== undefined && { code }),
    operations: trail.operations(),
    replyBytes: Buffer.byteLength(textOf(result)),
  })
  return ending
}

/** The event of a call that was refused before it began. */
export function refusal(call: CallFacts, code: string, at: number): AuditEvent {
  return {
    ...factsOf(call),
    at,
    durationMs: 0,
    verdict: 'refused',
    written: 'no',
    code,
    operations: [],
    replyBytes: 0,
  }
}

type Facts = Pick<
  AuditEvent,
  'type' | 'tool' | 'calledAs' | 'via' | 'tier' | 'product' | 'subject' | 'grantId' | 'clientId'
>

function factsOf({ tool, alias, via, visit: { person } }: CallFacts): Facts {
  return {
    type: 'tool_call',
    tool: tool.name,
    ...(alias && { calledAs: alias.name }),
    ...(via !== undefined && { via }),
    tier: tool.tier,
    product: tool.product,
    subject: person.subject,
    grantId: person.grantId,
    clientId: person.clientId,
  }
}
