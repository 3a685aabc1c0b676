import type { Call } from '../http/call.ts'
import { asText, isObject } from '../http/value.ts'
import { fieldsOf } from '../jira/fields/table.ts'
import { fieldMetadata } from '../jira/metadata.ts'
import type { RequestField, RequestType, ServiceDesk } from '../world/service-model.ts'
import { administersDesk, isAgentOf, isCustomerOf, projectOfDesk } from './access.ts'
import { askerOf } from './answers.ts'
import { requestTypeView } from './request-type-view.ts'

/** The same with what depends on who asks: whether they may raise it, and its fields where they are asked for. */
export function listedRequestTypeView(
  call: Call,
  desk: ServiceDesk,
  type: RequestType,
): Record<string, unknown> {
  return {
    ...requestTypeView(call, type),
    canCreateRequest: isCustomerOf(call, desk, askerOf(call)) || isAgentOf(call, desk),
    ...(call.query.list('expand').includes('field') && { fields: requestFieldsView(call, desk, type) }),
  }
}

/** One of the values that a field offers. */
function choiceView(value: unknown): Record<string, unknown> {
  if (!isObject(value)) return { value: String(value), label: String(value), children: [] }
  const label = asText(value['value']) ?? asText(value['name']) ?? ''
  return { value: asText(value['id']) ?? label, label, children: [] }
}

function fieldView(
  call: Call,
  { desk, type }: { readonly desk: ServiceDesk; readonly type: RequestType },
  field: RequestField,
): Record<string, unknown> {
  const { fieldId, label, description, required, hidden } = field
  const project = projectOfDesk(call, desk)
  const issueType = call.site.jira.issueTypes.get(type.issueTypeId)
  const spec = fieldsOf(call.site).get(fieldId)
  const metadata =
    spec && project && issueType ? fieldMetadata(call, spec, { project, type: issueType }) : undefined
  const allowed = metadata?.['allowedValues']
  return {
    fieldId,
    name: label,
    description,
    required,
    defaultValues: [],
    presetValues: [],
    validValues: Array.isArray(allowed) ? allowed.map(choiceView) : [],
    ...(metadata && { jiraSchema: metadata['schema'] }),
    visible: hidden !== true,
  }
}

/** What a request of a type asks for, and what the caller may add to it. Hidden fields are for administrators (documented). */
export function requestFieldsView(call: Call, desk: ServiceDesk, type: RequestType): Record<string, unknown> {
  const withHidden = call.query.list('expand').includes('hiddenFields') && administersDesk(call, desk)
  const isAgent = isAgentOf(call, desk)
  return {
    requestTypeFields: type.fields
      .filter(({ hidden }) => withHidden || hidden !== true)
      .map((field) => fieldView(call, { desk, type }, field)),
    canRaiseOnBehalfOf: isAgent,
    canAddRequestParticipants: isAgent,
  }
}
