import type { Transition } from '@telamon/jira'
import { oneLine } from '@telamon/tool-registry'

/** `31 Start work → In Progress (asks for: Resolution)` */
export function transitionLine({ id, name, to, fields }: Transition): string {
  const required = Object.values(fields ?? {}).filter((field) => field.required)
  const asks = required.length > 0 ? ` (asks for: ${required.map((field) => field.name).join(', ')})` : ''
  return oneLine(`${id} ${name} → ${to?.name ?? name}${asks}`)
}
