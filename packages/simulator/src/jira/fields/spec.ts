import type { Issue, IssueType, Project } from '../../world/jira-model.ts'
import type { Site } from '../../world/model.ts'
import type { View } from '../view.ts'

/** The type of a field's value, as `/field` and the metadata state it. */
export type FieldSchema = Readonly<Record<string, unknown>>

/** A kind of issue in a project. */
export interface FieldPlace {
  readonly site: Site
  readonly project: Project
  readonly typeId: string
}

/** Where a value is to be written. */
export interface Target extends View {
  readonly project: Project
  readonly type: IssueType
  /** Absent while the issue is being made. */
  readonly issue?: Issue
  readonly now: number
}

/** A value that was understood and can be written, or the sentence that refuses it. */
export type Parsed =
  | { readonly ok: true; readonly apply: (issue: Issue) => void }
  | { readonly ok: false; readonly error: string }

export const refused = (error: string): Parsed => ({ ok: false, error })
export const accepted = (apply: (issue: Issue) => void): Parsed => ({ ok: true, apply })

/** One side of a change: the id, where the value has one, and the words. */
export interface Trace {
  readonly id: string | null
  readonly text: string | null
}

type FieldOperation = 'set' | 'add' | 'remove' | 'copy'

/** How a field can be written. */
export interface Editing {
  readonly operations: readonly FieldOperation[]
  readonly required?: boolean
  readonly hasDefault?: boolean
  /** Whether there is anything to write for issues of that type in that project. Absent: always. */
  readonly available?: (place: FieldPlace) => boolean
  /** Where it is asked for: when issues are made and changed, only when made, only when changed, or only by transitions. */
  readonly screens: 'both' | 'create' | 'edit' | 'transition'
  /** The values there are to choose from. */
  readonly allowed?: (target: Omit<Target, 'now'>) => readonly unknown[]
  readonly autoComplete?: (target: Omit<Target, 'now'>) => string
  /** Reads a value for `set`. */
  readonly set: (value: unknown, target: Target) => Parsed
  /** Reads one value for `add` or `remove`, on fields that hold several. */
  readonly change?: (operation: 'add' | 'remove', value: unknown, target: Target) => Parsed
}

/**
 * One field of an issue: everything that depends on which fields there are is derived from the table of these. That is
 * the list of fields, what an issue shows, metadata, writing, the changelog and the names in queries.
 */
export interface FieldSpec {
  readonly id: string
  readonly name: string
  readonly clauseNames: readonly string[]
  readonly schema?: FieldSchema
  readonly custom?: true
  readonly orderable?: true
  readonly navigable?: true
  readonly searchable?: true
  /** The value in `fields`; undefined leaves the field out. Absent: the field is never in an issue. */
  readonly show?: (view: View, issue: Issue) => unknown
  /** The value as HTML, for `renderedFields`. */
  readonly render?: (view: View, issue: Issue) => string | null
  readonly edit?: Editing
  /** Whether issues of that type in that project have it. Absent: all have. */
  readonly applies?: (place: FieldPlace) => boolean
  /** What the changelog says: one value, or several that come and go one by one. */
  readonly trace?: (view: View, issue: Issue) => readonly Trace[]
  /** Set when the changelog lists several values one by one. */
  readonly several?: true
  /** The field's name in the changelog, where it is another. */
  readonly changeName?: string
}
