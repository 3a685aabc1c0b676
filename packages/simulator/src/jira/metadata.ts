import type { IssueType, Issue, Project } from '../world/jira-model.ts'
import type { FieldSpec } from './fields/spec.ts'
import type { View } from './view.ts'

/** What a field's metadata is asked for. */
export interface MetadataPlace {
  readonly project: Project
  readonly type: IssueType
  readonly issue?: Issue
  /** Overrides whether a value has to be given. */
  readonly required?: boolean
}

/** How a field can be written, as `editmeta`, `createmeta` and transitions say it (recorded, F-META-02). */
export function fieldMetadata(view: View, field: FieldSpec, place: MetadataPlace): Record<string, unknown> {
  const { edit } = field
  const target = { ...view, ...place }
  return {
    required: place.required ?? edit?.required ?? false,
    schema: field.schema ?? { type: 'issuelink', system: field.id },
    name: field.name,
    key: field.id,
    ...(edit?.autoComplete && { autoCompleteUrl: edit.autoComplete(target) }),
    hasDefaultValue: edit?.hasDefault ?? false,
    operations: edit?.operations ?? [],
    ...(edit?.allowed && { allowedValues: edit.allowed(target) }),
  }
}
