import { asList, asObject, type JsonObject } from '../http/value.ts'

/** The members that one field brings to the body of an edit. */
type Part = { readonly fields?: JsonObject; readonly update?: JsonObject }

const idOf =
  (member: string) =>
  (value: unknown): JsonObject => ({ id: asObject(value)?.[member] })
const option = idOf('optionId')
const version = idOf('versionId')
const person = (value: unknown): JsonObject | null => {
  const accountId = asObject(value)?.['accountId']
  return accountId === undefined || accountId === null ? null : { accountId }
}
const group = (value: unknown): JsonObject => ({ name: asObject(value)?.['groupName'] })

const all = (given: JsonObject, member: string, read: (value: unknown) => unknown): readonly unknown[] =>
  (asList(given[member]) ?? []).map(read)

/** How the values of each kind become the value that an edit of one issue takes. Shapes are documented. */
const readers: Readonly<Record<string, (given: JsonObject) => unknown>> = {
  cascadingSelectFields: ({ parentOptionValue, childOptionValue }) => ({
    ...option(parentOptionValue),
    ...(childOptionValue !== undefined && childOptionValue !== null && { child: option(childOptionValue) }),
  }),
  clearableNumberFields: ({ value }) => value ?? null,
  datePickerFields: ({ date }) => asObject(date)?.['formattedDate'] ?? null,
  dateTimePickerFields: ({ dateTime }) => asObject(dateTime)?.['formattedDateTime'] ?? null,
  labelsFields: (given) => all(given, 'labels', (label) => asObject(label)?.['name']),
  multipleGroupPickerFields: (given) => all(given, 'groups', group),
  multipleSelectClearableUserPickerFields: (given) => all(given, 'users', person),
  multipleSelectFields: (given) => all(given, 'options', option),
  multipleVersionPickerFields: (given) => all(given, 'versions', version),
  multiselectComponents: (given) => all(given, 'components', idOf('componentId')),
  richTextFields: ({ richText }) => asObject(richText)?.['adfValue'],
  singleGroupPickerFields: (given) => group(given['group']),
  singleLineTextFields: ({ text }) => text,
  singleSelectClearableUserPickerFields: ({ user }) => person(user),
  singleSelectFields: (given) => option(given['option']),
  singleVersionPickerFields: (given) => version(given['version']),
  urlFields: ({ url }) => url,
}

/** Those with one value that is not in a list, by the field they are about. */
const singles: Readonly<Record<string, (given: JsonObject) => Part>> = {
  issueType: ({ issueTypeId }) => ({ fields: { issuetype: { id: issueTypeId } } }),
  priority: ({ priorityId }) => ({ fields: { priority: { id: priorityId } } }),
  originalEstimateField: ({ originalEstimateField }) => ({
    fields: { timetracking: { originalEstimate: originalEstimateField } },
  }),
  timeTrackingField: ({ timeRemaining }) => ({
    fields: { timetracking: { remainingEstimate: timeRemaining } },
  }),
}

/** ADD and REMOVE become operations, REPLACE and REMOVE_ALL a new value (documented). */
function partOf(kind: string, given: JsonObject): Part {
  const id = String(given['fieldId'])
  const value = readers[kind]?.(given)
  const how = given['bulkEditMultiSelectFieldOption']
  if (how === 'REMOVE_ALL') return { fields: { [id]: [] } }
  if (how === 'ADD' || how === 'REMOVE') {
    const name = how.toLowerCase()
    return { update: { [id]: (asList(value) ?? []).map((one) => ({ [name]: one })) } }
  }
  return { fields: { [id]: value } }
}

/** An edit of one issue, from what is to be changed on many. `wanted` are the ids of the fields that are meant. */
export function editOf(input: JsonObject, wanted: readonly string[]): JsonObject {
  const parts = Object.entries(input).flatMap(([kind, given]): readonly Part[] => {
    const single = singles[kind]
    if (single) return [single(asObject(given) ?? {})]
    if (!readers[kind]) return []
    const values = asList(given) ?? [given]
    return values.map((one) => partOf(kind, asObject(one) ?? {}))
  })
  const keep = (members: JsonObject | undefined): readonly (readonly [string, unknown])[] =>
    Object.entries(members ?? {}).filter(([id]) => wanted.includes(id))
  return {
    fields: Object.fromEntries(parts.flatMap(({ fields }) => keep(fields))),
    update: Object.fromEntries(parts.flatMap(({ update }) => keep(update))),
  }
}
