import type { Transition } from '@telamon/jira'
import { oneLine } from '@telamon/tool-registry'

import { choicesOf, isMissing, writableField } from '../fields/metadata.ts'
import type { WritableField } from '../fields/metadata.ts'

/** The fields on the screen of a transition. */
export function screenOf({ fields }: Transition): readonly WritableField[] {
  return Object.entries(fields ?? {}).map(([id, field]) => writableField(field, id))
}

/** `31 Start work → In Progress (asks for Resolution: Done, Won't Do)` */
export function transitionLine(transition: Transition): string {
  const { id, name, to } = transition
  const required = screenOf(transition).filter((field) => isMissing(field, {}))
  const asks = required.length > 0 ? ` (asks for ${required.map(choicesOf).join('; ')})` : ''
  return oneLine(`${id} ${name} → ${to?.name ?? name}${asks}`)
}
