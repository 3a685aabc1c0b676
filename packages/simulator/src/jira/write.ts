import type { Call } from '../http/call.ts'
import { asList, asObject, type JsonObject } from '../http/value.ts'
import { defaultScreenId } from '../seeds/site-basics.ts'
import type { Issue, IssueType, Project } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { FieldPlace, FieldSpec, Parsed, Target } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'

/** Which screen the fields come from. A transition has a screen of its own, given by the ids of its fields. */
export type Screen = 'create' | 'edit' | readonly string[]

/** On every form, whatever is on its screen. */
const always: ReadonlySet<string> = new Set(['project', 'issuetype', 'comment', 'worklog'])

/** The ids of the fields that people are asked for. Team-managed projects have no screens of their own (inferred). */
function onScreens({ jira }: Site): ReadonlySet<string> {
  const tabs = jira.screens.get(defaultScreenId)?.tabs ?? []
  return new Set(tabs.flatMap(({ fieldIds }) => fieldIds))
}

/** Whether a field is on a screen. */
function isOnScreen(field: FieldSpec, screen: Screen, place: FieldPlace): boolean {
  const { id, edit } = field
  if (!edit || field.applies?.(place) === false || edit.available?.(place) === false) return false
  if (typeof screen !== 'string') return screen.includes(id) || id === 'comment'
  if (edit.screens !== 'both' && edit.screens !== screen) return false
  return always.has(id) || onScreens(place.site).has(id)
}

/** The fields of a screen. */
export function fieldsOn(screen: Screen, place: FieldPlace): readonly FieldSpec[] {
  return [...fieldsOf(place.site).values()].filter((field) => isOnScreen(field, screen, place))
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
    if (!field || !isOnScreen(field, screen, { site: call.site, project, typeId: type.id })) {
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
