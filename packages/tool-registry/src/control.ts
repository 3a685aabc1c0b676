import type { ToolFacts } from './tool.ts'
import { isJsonObject } from './wire.ts'

/** What a caller may say beside the arguments of a tool that writes. It is accepted by all of them, and not listed. */
export interface Control {
  /** Shows what would be sent, and sends nothing. */
  readonly dryRun: boolean
  /** The token of an agreement. */
  readonly confirmation?: string
}

/** Arguments of a call, taken apart. */
export interface ControlledArguments {
  readonly arguments: unknown
  readonly control: Control
}

/** Takes control members out of arguments, unless the tool has members of that name itself. */
export function controlled(
  given: unknown,
  { tier, input: { shape }, product }: Pick<ToolFacts, 'tier' | 'input' | 'product'>,
): ControlledArguments {
  if ((tier === 'read' && product !== 'platform') || !isJsonObject(given)) return untouched(given)
  const { dryRun, confirmation } = given
  const takes = {
    dryRun: typeof dryRun === 'boolean' && !('dryRun' in shape),
    confirmation: typeof confirmation === 'string' && !('confirmation' in shape),
  }
  if (!takes.dryRun && !takes.confirmation) return untouched(given)
  const kept = Object.entries(given).filter(
    ([name]) => !((name === 'dryRun' && takes.dryRun) || (name === 'confirmation' && takes.confirmation)),
  )
  return {
    arguments: Object.fromEntries(kept),
    control: {
      dryRun: takes.dryRun && dryRun === true,
      ...(takes.confirmation && { confirmation: String(confirmation) }),
    },
  }
}

function untouched(given: unknown): ControlledArguments {
  return { arguments: given, control: { dryRun: false } }
}
