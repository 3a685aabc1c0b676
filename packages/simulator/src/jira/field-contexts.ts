import {
  assignProjectsToCustomFieldContext,
  createCustomFieldContext,
  createCustomFieldOption,
  deleteCustomFieldContext,
  deleteCustomFieldOption,
  getContextsForField,
  getCustomFieldOption,
  getIssueTypeMappingsForContexts,
  getOptionsForContext,
  getProjectContextMapping,
  reorderCustomFieldOptions,
  updateCustomFieldContext,
  updateCustomFieldOption,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { CustomField, FieldContext, FieldOption } from '../world/jira-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { customFieldOf } from './custom-field-admin.ts'
import { customTypes } from './fields/custom-fields.ts'
import { forgetFields } from './fields/table.ts'
import { pageBean, windowOf } from './page.ts'
import { freeName, reorder } from './ranked.ts'
import { signedIn } from './rights.ts'
import { rest } from './view.ts'

/** The contexts of a field. One that never had any has one that applies everywhere, and gets it when it is needed. */
function contextsOf(call: Call, field: CustomField): readonly FieldContext[] {
  field.contexts ??= [
    {
      id: nextId(call.world, 'context', call.site.cloudId),
      name: `Default Configuration Scheme for ${field.name}`,
      description: '',
      projectIds: [],
      issueTypeIds: [],
    },
  ]
  return field.contexts
}

function contextOf(call: Call): { readonly field: CustomField; readonly context: FieldContext } {
  const field = customFieldOf(call, call.path['fieldId'])
  const id = call.path['contextId'] ?? ''
  const context = contextsOf(call, field).find((one) => one.id === id)
  return context ? { field, context } : refuse(jiraError(404, [`The context with id ${id} was not found.`]))
}

/** The options of a context; those without one belong to the first. */
function optionsIn(call: Call, field: CustomField, { id }: FieldContext): readonly FieldOption[] {
  const [first] = contextsOf(call, field)
  return field.options.filter(({ contextId = first?.id }) => contextId === id)
}

const optionView = ({ id, value, parentId, disabled = false }: FieldOption): Record<string, unknown> => ({
  id,
  value,
  ...(parentId !== undefined && { optionId: parentId }),
  disabled,
})

function contextView({
  id,
  name,
  description,
  projectIds,
  issueTypeIds,
}: FieldContext): Record<string, unknown> {
  return {
    id,
    name,
    description,
    isGlobalContext: projectIds.length === 0,
    isAnyIssueType: issueTypeIds.length === 0,
  }
}

const texts = (value: unknown): readonly string[] =>
  (asList(value) ?? []).map((one) => asId(one) ?? refuseBinding())

/** Two contexts of a field cannot be about the same project (documented: 409). */
function checkProjects(
  call: Call,
  field: CustomField,
  { projectIds, self }: { readonly projectIds: readonly string[]; readonly self?: FieldContext },
): void {
  const others = contextsOf(call, field).filter((one) => one !== self)
  if (projectIds.some((id) => !call.site.jira.projects.has(id))) {
    refuse(jiraError(404, ['One of the projects was not found.']))
  }
  if (others.some((one) => one.projectIds.some((id) => projectIds.includes(id)))) {
    refuse(jiraError(409, ['One of the projects already has a context of this field.']))
  }
}

function createContext(call: Call): Reply {
  const field = customFieldOf(call, call.path['fieldId'])
  const body = bodyOf(call)
  const [projectIds, issueTypeIds] = [texts(body['projectIds']), texts(body['issueTypeIds'])]
  const contexts = contextsOf(call, field)
  checkProjects(call, field, { projectIds })
  if (projectIds.length === 0 && contexts.some((one) => one.projectIds.length === 0)) {
    return jiraError(409, ['The field already has a context that applies everywhere.'])
  }
  const context: FieldContext = {
    name: freeName([], body),
    description: asText(body['description']) ?? '',
    projectIds,
    issueTypeIds,
    id: nextId(call.world, 'context', call.site.cloudId),
  }
  field.contexts = [...contexts, context]
  forgetFields(call.site)
  return json(201, { ...context })
}

const mostOptions = 1000

function checkChoices({ type }: CustomField): void {
  if (!('allowed' in customTypes[type]) || ['version', 'multi-version'].includes(type)) {
    refuse(jiraError(400, ['The field does not support options.']))
  }
}

/** A new option of a context: not empty, not there yet, and below an option that is there. */
function readOption(
  given: unknown,
  { here, contextId }: { readonly here: readonly FieldOption[]; readonly contextId: string },
): Omit<FieldOption, 'id'> {
  const { value, optionId, disabled } = asObject(given) ?? refuseBinding()
  const [text, parentId] = [asText(value)?.trim() ?? '', asId(optionId)]
  if (text === '') return refuse(jiraError(400, ['An option must not be empty.']))
  if (parentId !== undefined && !here.some(({ id }) => id === parentId)) {
    return refuse(jiraError(404, [`The option with id ${parentId} was not found.`]))
  }
  if (here.some((option) => option.value === text && option.parentId === parentId)) {
    return refuse(jiraError(400, [`The option '${text}' already exists.`]))
  }
  return {
    value: text,
    contextId,
    ...(parentId !== undefined && { parentId }),
    ...(disabled === true && { disabled: true }),
  }
}

function addOptions(call: Call): Reply {
  const { field, context } = contextOf(call)
  checkChoices(field)
  const given = asList(bodyOf(call)['options']) ?? refuseBinding()
  if (given.length > mostOptions) return jiraError(400, [`At most ${mostOptions} options can be added.`])
  const here = optionsIn(call, field, context)
  const wanted = given.map((one) => readOption(one, { here, contextId: context.id }))
  const made = wanted.map((option): FieldOption =>
    Object.assign(option, { id: nextId(call.world, 'fieldOption', call.site.cloudId) }),
  )
  field.options = [...field.options, ...made]
  forgetFields(call.site)
  return ok({ options: made.map(optionView) })
}

function updateOptions(call: Call): Reply {
  const { field, context } = contextOf(call)
  const here = optionsIn(call, field, context)
  const changes = (asList(bodyOf(call)['options']) ?? refuseBinding()).map((one) => {
    const { id, value, disabled } = asObject(one) ?? refuseBinding()
    const option = here.find((known) => known.id === asId(id))
    if (!option) return refuse(jiraError(404, [`The option with id ${asId(id) ?? ''} was not found.`]))
    return { option, value: asText(value) ?? option.value, disabled: disabled ?? option.disabled === true }
  })
  for (const { option, value, disabled } of changes)
    Object.assign(option, { value, disabled: disabled === true })
  forgetFields(call.site)
  return ok({
    options: changes.map(({ option: { id, value, disabled = false } }) => ({ id, value, disabled })),
  })
}

/** An option that issues have stays (documented: it has to be replaced first). */
function deleteOption(call: Call): Reply {
  const { field, context } = contextOf(call)
  const id = call.path['optionId'] ?? ''
  if (!optionsIn(call, field, context).some((option) => option.id === id)) {
    return jiraError(404, [`The option with id ${id} was not found.`])
  }
  const isHeld = (value: unknown): boolean => value === id || (Array.isArray(value) && value.includes(id))
  if ([...call.site.jira.issues.values()].some(({ custom }) => isHeld(custom.get(field.id)))) {
    return jiraError(400, ['The option is used by issues and cannot be deleted.'])
  }
  field.options = field.options.filter((option) => option.id !== id && option.parentId !== id)
  forgetFields(call.site)
  return empty()
}

function orderOptions(call: Call): Reply {
  const { field, context } = contextOf(call)
  const here = optionsIn(call, field, context)
  const all = new Map(here.map((option) => [option.id, { ...option, name: option.value, option }]))
  const body = bodyOf(call)
  reorder(all, { ...body, ids: body['customFieldOptionIds'] })
  const others = field.options.filter((option) => !here.includes(option))
  field.options = [...others, ...Array.from(all.values(), ({ option }) => option)]
  forgetFields(call.site)
  return empty()
}

/** The contexts that a query names by number, or all of them. */
function chosen(call: Call): readonly FieldContext[] {
  const ids = call.query.list('contextId')
  const contexts = contextsOf(call, customFieldOf(call, call.path['fieldId']))
  return contexts.filter(({ id }) => ids.length === 0 || ids.includes(id))
}

const address = (call: Call, path: string): string =>
  `/rest/api/3/field/${call.path['fieldId'] ?? ''}/${path}`

export const fieldContextHandlers: readonly Served[] = [
  serve(
    getContextsForField,
    ['isAnyIssueType', 'isGlobalContext', 'contextId', 'startAt', 'maxResults'],
    (call) => {
      const fits = (parameter: string, value: unknown): boolean =>
        call.query.text(parameter) === undefined || call.query.flag(parameter) === value
      const found = chosen(call)
        .map(contextView)
        .filter((context) => fits('isAnyIssueType', context['isAnyIssueType']))
        .filter((context) => fits('isGlobalContext', context['isGlobalContext']))
      const path = address(call, 'context')
      return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: (context) => context }))
    },
  ),
  serve(createCustomFieldContext, [], createContext),
  serve(updateCustomFieldContext, [], (call) => {
    const { context } = contextOf(call)
    const body = bodyOf(call)
    context.name = freeName([], body, context)
    context.description = asText(body['description']) ?? context.description
    return empty()
  }),
  serve(deleteCustomFieldContext, [], (call) => {
    const { field, context } = contextOf(call)
    const gone = optionsIn(call, field, context)
    field.options = field.options.filter((option) => !gone.includes(option))
    field.contexts = contextsOf(call, field).filter((one) => one !== context)
    forgetFields(call.site)
    return empty()
  }),
  serve(assignProjectsToCustomFieldContext, [], (call) => {
    const { field, context } = contextOf(call)
    const projectIds = texts(bodyOf(call)['projectIds'])
    checkProjects(call, field, { projectIds, self: context })
    context.projectIds = [...new Set([...context.projectIds, ...projectIds])]
    forgetFields(call.site)
    return empty()
  }),
  serve(getProjectContextMapping, ['contextId', 'startAt', 'maxResults'], (call) => {
    const pairs = chosen(call).flatMap(({ id: contextId, projectIds }): readonly unknown[] =>
      projectIds.length === 0
        ? [{ contextId, isGlobalContext: true }]
        : projectIds.map((projectId) => ({ contextId, projectId })),
    )
    const path = address(call, 'context/projectmapping')
    return ok(pageBean(call, pairs, { path, window: windowOf(call, 50), view: (pair) => pair }))
  }),
  serve(getIssueTypeMappingsForContexts, ['contextId', 'startAt', 'maxResults'], (call) => {
    const pairs = chosen(call).flatMap(({ id: contextId, issueTypeIds }): readonly unknown[] =>
      issueTypeIds.length === 0
        ? [{ contextId, isAnyIssueType: true }]
        : issueTypeIds.map((issueTypeId) => ({ contextId, issueTypeId })),
    )
    const path = address(call, 'context/issuetypemapping')
    return ok(pageBean(call, pairs, { path, window: windowOf(call, 50), view: (pair) => pair }))
  }),
  serve(getOptionsForContext, ['optionId', 'onlyOptions', 'startAt', 'maxResults'], (call) => {
    const { field, context } = contextOf(call)
    const [optionId, onlyTops] = [call.query.text('optionId'), call.query.flag('onlyOptions')]
    const found = optionsIn(call, field, context)
      .filter(({ id, parentId }) => optionId === undefined || id === optionId || parentId === optionId)
      .filter(({ parentId }) => !onlyTops || parentId === undefined)
    const path = address(call, `context/${context.id}/option`)
    return ok(pageBean(call, found, { path, window: windowOf(call, 100), view: optionView }))
  }),
  serve(createCustomFieldOption, [], addOptions),
  serve(updateCustomFieldOption, [], updateOptions),
  serve(deleteCustomFieldOption, [], deleteOption),
  serve(reorderCustomFieldOptions, [], orderOptions),
  serve(getCustomFieldOption, [], (call) => {
    signedIn(call)
    const id = call.path['id'] ?? ''
    for (const { options } of call.site.jira.customFields.values()) {
      const found = options.find((option) => option.id === id)
      if (found) return ok({ self: rest(call, `customFieldOption/${id}`), value: found.value })
    }
    return jiraError(404, ['The custom field option was not found.'])
  }),
]
