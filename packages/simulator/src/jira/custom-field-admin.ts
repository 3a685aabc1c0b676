import {
  createCustomField,
  deleteCustomField,
  getFieldsPaginated,
  getTrashedFieldsPaginated,
  restoreCustomField,
  trashCustomField,
  updateCustomField,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { CustomField, CustomFieldType } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { customFieldTypeNames, customTypes, typeKeyOf } from './fields/custom-fields.ts'
import { customFieldTypes } from './fields/custom-type.ts'
import type { FieldSpec } from './fields/spec.ts'
import { fieldsOf, forgetFields } from './fields/table.ts'
import { fieldView } from './lists.ts'
import { pageBean, windowOf } from './page.ts'
import { administer, signedIn } from './rights.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'

/** The types that can be made, by the service's names of them. Numbers have another name than the estimates of the demo. */
const types = new Map<string, CustomFieldType>([
  ...customFieldTypeNames.map((type): [string, CustomFieldType] => [customTypes[type].key, type]),
  ['float', 'number'],
  ['multiuserpicker', 'multi-user'],
])

function create(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim() ?? ''
  const key = asText(body['type']) ?? ''
  const type = types.get(key.startsWith(`${customFieldTypes}:`) ? key.slice(customFieldTypes.length + 1) : '')
  if (name === '') return jiraError(400, [], { name: 'The name of the field must not be empty.' })
  if (type === undefined) return jiraError(400, [], { type: `There is no custom field type '${key}'.` })
  const id = `customfield_${nextId(call.world, 'customField', call.site.cloudId)}`
  const field: CustomField = {
    id,
    name,
    description: asText(body['description']) ?? '',
    type,
    typeKey: key,
    options: [],
    contexts: [
      {
        id: nextId(call.world, 'context', call.site.cloudId),
        name: `Default Configuration Scheme for ${name}`,
        description: 'Made together with the field.',
        projectIds: [],
        issueTypeIds: [],
      },
    ],
  }
  call.site.jira.customFields.set(id, field)
  forgetFields(call.site)
  const spec = fieldsOf(call.site).get(id)
  return spec ? json(201, fieldView(spec)) : jiraError(400, ['The field could not be made.'])
}

/** A custom field by its id, trashed or not. Fields of the system are not among them. */
export function customFieldOf(call: Call, id: string | undefined): CustomField {
  administer(call)
  const found = call.site.jira.customFields.get(id ?? '')
  return found ?? refuse(jiraError(404, [`The custom field '${id ?? ''}' was not found.`]))
}

function update(call: Call): Reply {
  const field = customFieldOf(call, call.path['fieldId'])
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim()
  if (name === '') return jiraError(400, [], { name: 'The name of the field must not be empty.' })
  field.name = name ?? field.name
  field.description = asText(body['description']) ?? field.description ?? ''
  forgetFields(call.site)
  return empty()
}

/** What the lists of fields tell with `expand` (documented). */
function listed(call: Call, { id, name, schema }: FieldSpec, field?: CustomField): Record<string, unknown> {
  const expand = new Set(call.query.list('expand'))
  const { jira } = call.site
  const screens = [...jira.screens.values()].filter(({ tabs }) =>
    tabs.some(({ fieldIds }) => fieldIds.includes(id)),
  )
  return {
    id,
    name,
    schema: schema ?? { type: 'any', system: id },
    description: field?.description ?? '',
    ...(expand.has('key') && { key: id }),
    ...(expand.has('stableId') && { stableId: id }),
    ...(expand.has('isLocked') && { isLocked: field === undefined }),
    ...(expand.has('isUnscreenable') && { isUnscreenable: false }),
    ...(expand.has('searcherKey') && field && { searcherKey: `${typeKeyOf(field)}searcher` }),
    ...(expand.has('screensCount') && { screensCount: screens.length }),
    ...(expand.has('contextsCount') && { contextsCount: field?.contexts?.length ?? 1 }),
    ...(expand.has('projectsCount') && {
      projectsCount: new Set(field?.contexts?.flatMap(({ projectIds }) => projectIds) ?? []).size,
    }),
  }
}

interface Listed {
  readonly spec: FieldSpec
  readonly field: CustomField | undefined
}

function find(call: Call): Reply {
  signedIn(call)
  const { query, site } = call
  const words = query.text('query')?.toLowerCase() ?? ''
  const [ids, kinds] = [query.list('id'), query.list('type')]
  const order = query.text('orderBy') ?? 'name'
  const found = Array.from(fieldsOf(site).values(), (spec): Listed => ({
    spec,
    field: site.jira.customFields.get(spec.id),
  }))
    .filter(({ spec }) => ids.length === 0 || ids.includes(spec.id))
    .filter(({ field }) => kinds.length === 0 || kinds.includes(field ? 'custom' : 'system'))
    .filter(({ spec, field }) => `${spec.name} ${field?.description ?? ''}`.toLowerCase().includes(words))
    .toSorted((one, other) => (one.spec.name.toLowerCase() < other.spec.name.toLowerCase() ? -1 : 1))
  const values = order.startsWith('-') ? found.toReversed() : found
  const path = '/rest/api/3/field/search'
  const view = ({ spec, field }: Listed): unknown => listed(call, spec, field)
  return ok(pageBean(call, values, { path, window: windowOf(call, 50), view }))
}

function trashed(call: Call): Reply {
  administer(call)
  const words = call.query.text('query')?.toLowerCase() ?? ''
  const ids = call.query.list('id')
  const found = [...call.site.jira.customFields.values()].filter(
    (field) =>
      field.trashed &&
      (ids.length === 0 || ids.includes(field.id)) &&
      field.name.toLowerCase().includes(words),
  )
  const path = '/rest/api/3/field/search/trashed'
  return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: trashedView }))
}

const trashedView = ({ id, name, description = '', ...field }: CustomField): Record<string, unknown> => ({
  id,
  name,
  description,
  schema: {
    ...customTypes[field.type].schema,
    custom: typeKeyOf({ id, name, ...field }),
    customId: Number(id.replace('customfield_', '')),
  },
})

export const customFieldHandlers: readonly Served[] = [
  serve(createCustomField, [], create),
  serve(updateCustomField, [], update),
  serve(trashCustomField, [], (call) => {
    const field = customFieldOf(call, call.path['id'])
    field.trashed = { at: call.clock.now(), by: call.caller.person?.accountId ?? null }
    forgetFields(call.site)
    return { status: 200 }
  }),
  serve(restoreCustomField, [], (call) => {
    delete customFieldOf(call, call.path['id']).trashed
    forgetFields(call.site)
    return { status: 200 }
  }),
  serve(deleteCustomField, [], (call) => {
    const { id } = customFieldOf(call, call.path['id'])
    const task = submitTask(call, {
      description: 'Delete custom field',
      items: [{ kind: 'deleteField', id }],
    })
    return json(303, taskView(call, task), { location: taskAddress(call, task) })
  }),
  serve(
    getFieldsPaginated,
    ['startAt', 'maxResults', 'type', 'id', 'query', 'orderBy', 'expand', 'projectIds'],
    find,
  ),
  serve(getTrashedFieldsPaginated, ['startAt', 'maxResults', 'id', 'query', 'expand', 'orderBy'], trashed),
]
