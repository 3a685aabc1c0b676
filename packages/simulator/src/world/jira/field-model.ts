/** What a custom field holds. */
export type CustomFieldType =
  | 'cascading'
  | 'date'
  | 'datetime'
  | 'flag'
  | 'group'
  | 'labels'
  | 'multi-group'
  | 'multi-select'
  | 'multi-user'
  | 'multi-version'
  | 'number'
  | 'option'
  | 'paragraph'
  | 'project'
  | 'radio'
  | 'rank'
  | 'team'
  | 'text'
  | 'url'
  | 'user'
  | 'version'

/** A value to choose. With `parentId` it belongs to the second list of a cascading field. */
export interface FieldOption {
  readonly id: string
  value: string
  readonly contextId?: string
  readonly parentId?: string
  disabled?: boolean
}

/** Where a custom field applies; empty lists mean everywhere. */
export interface FieldContext {
  readonly id: string
  name: string
  description: string
  projectIds: readonly string[]
  issueTypeIds: readonly string[]
}

/** A custom field of the site. */
export interface CustomField {
  readonly id: string
  name: string
  description?: string
  readonly type: CustomFieldType
  /** The service's name of the type, where it is not the usual one. */
  readonly typeKey?: string
  options: readonly FieldOption[]
  /** Absent: one that applies everywhere. */
  contexts?: readonly FieldContext[]
  /** In the trash: it is no field any more, but can come back. */
  trashed?: { readonly at: number; readonly by: string | null }
}
