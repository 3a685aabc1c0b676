import type { Call } from '../http/call.ts'
import { asList, asObject, type JsonObject } from '../http/value.ts'
import type { Issue, IssueType, Project } from '../world/jira-model.ts'
import type { FieldSpec, Parsed, Target } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'
import type { View } from './view.ts'

/** Which screen the fields come from. A transition has a screen of its own, given by the ids of its fields. */
export type Screen = 'create' | 'edit' | readonly string[]

/** Whether a field is on a screen. */
function isOnScreen({ id, edit }: FieldSpec, screen: Screen): boolean {
  if (!edit) return false
  if (typeof screen !== 'string') return screen.includes(id) || id === 'comment'
  return edit.screens === 'both' || edit.screens === screen
}

/** The fields of a screen. */
export function fieldsOn({ site }: Pick<View, 'site'>, screen: Screen): readonly FieldSpec[] {
  return [...fieldsOf(site).values()].filter((field) => isOnScreen(field, screen))
}

/** What is to be written, or why not: one sentence a field. */
export interface Edits {
  readonly errors: Readonly<Record<string, string>>
  /** Writes all of it. To be called only when there are no errors. */
  apply(issue: Issue): void
}

/** Where the edits go. */
export interface EditPlace {
  readonly project: Project
  readonly type: IssueType
  readonly issue?: Issue
  readonly screen: Screen
}

/** The refusal of a field that is not on the screen, or not there (recorded, F-400-08). */
export const unknownField = (id: string): string =>
  `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`

/** Reads one entry of `update`, such as `{ "add": "urgent" }`. */
function parseOperation(field: FieldSpec, operation: unknown, target: Target): Parsed {
  const [[name, value] = ['', undefined]] = Object.entries(asObject(operation) ?? {})
  if (name === 'set' && field.edit) return field.edit.set(value, target)
  if ((name === 'add' || name === 'remove') && field.edit?.change)
    return field.edit.change(name, value, target)
  return { ok: false, error: `Field does not support update '${field.id}' with operation '${name}'.` }
}

/** Reads `fields` and `update` of a body. Nothing is written before all of it was understood. */
export function parseEdits(call: Call, body: JsonObject, place: EditPlace): Edits {
  const { project, type, issue, screen } = place
  const target: Target = { ...call, project, type, ...(issue && { issue }), now: call.clock.now() }
  const table = fieldsOf(call.site)
  const errors: Record<string, string> = {}
  const writes: ((issue: Issue) => void)[] = []
  const take = (id: string, parse: (field: FieldSpec) => readonly Parsed[]): void => {
    const field = table.get(id)
    if (!field || !isOnScreen(field, screen)) {
      errors[id] = unknownField(id)
      return
    }
    for (const parsed of parse(field)) {
      if (parsed.ok) writes.push(parsed.apply)
      else errors[id] ??= parsed.error
    }
  }
  for (const [id, value] of Object.entries(asObject(body['fields']) ?? {})) {
    take(id, ({ edit }) => (edit ? [edit.set(value, target)] : []))
  }
  for (const [id, operations] of Object.entries(asObject(body['update']) ?? {})) {
    take(id, (field) =>
      (asList(operations) ?? []).map((operation) => parseOperation(field, operation, target)),
    )
  }
  return {
    errors,
    apply(changed) {
      for (const write of writes) write(changed)
    },
  }
}
