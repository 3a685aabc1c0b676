import type { CustomField, CustomFieldType } from '../../world/jira-model.ts'
import type { View } from '../view.ts'
import type { FieldSchema, Target } from './spec.ts'

/** What was read: the value to keep, or the sentence that refuses it. */
export type ReadValue = { readonly value: unknown } | string

/** What follows from the type of a custom field. */
export interface CustomType {
  readonly schema: FieldSchema
  /** The service's name of the type, without the prefix that most have. */
  readonly key: string
  /** What stands in brackets in the third clause name, `Name[Type]`; absent for types without one (recorded). */
  readonly clause?: string
  /** Whether it holds a list, and so takes `add` and `remove`. */
  readonly several?: true
  /** Reads one value. Absent: it cannot be written by hand. */
  readonly read?: (value: unknown, field: CustomField, target: Target) => ReadValue
  /** One value as it stands in an issue. Default: as it is kept. */
  readonly show?: (view: View, value: unknown, field: CustomField) => unknown
  /** One value in the words of the changelog. */
  readonly text: (value: unknown, field: CustomField, view: View) => string
  /** The values there are to choose from. */
  readonly allowed?: (view: Omit<Target, 'now'>, field: CustomField) => readonly unknown[]
}

export type CustomTypes = Partial<Readonly<Record<CustomFieldType, CustomType>>>

/** What the names of most types begin with. */
export const customFieldTypes = 'com.atlassian.jira.plugin.system.customfieldtypes'
