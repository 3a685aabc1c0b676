import {
  bulkDeleteIssueProperty,
  bulkSetIssuePropertiesByIssue,
  bulkSetIssueProperty,
  bulkSetIssuesPropertiesList,
  getAvailableTransitions,
  getBulkEditableFields,
  submitBulkDelete,
  submitBulkEdit,
  submitBulkMove,
  submitBulkTransition,
  submitBulkUnwatch,
  submitBulkWatch,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText, isObject, type JsonObject } from '../http/value.ts'
import type { Issue } from '../world/jira-model.ts'
import type { TaskItem } from '../world/jira/task-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { inForm } from './error-forms.ts'
import type { FieldSpec } from './fields/spec.ts'
import { findProject, visibleIssue } from './find.ts'
import { readStatuses } from './moving.ts'
import { propertiesOf } from './property-store.ts'
import { signedIn } from './rights.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'
import { availableTransitions } from './transitions.ts'
import { fieldsOn } from './write.ts'

const mostIssues = 1000

/** The issues that a list names, and how many it names that are not there. */
interface Chosen {
  readonly issues: readonly Issue[]
  readonly unreachable: number
}

function choose(call: Call, names: readonly unknown[]): Chosen {
  if (names.length === 0) return refuse(jiraError(400, ['At least one issue has to be selected.']))
  if (names.length > mostIssues) {
    return refuse(jiraError(400, [`At most ${mostIssues} issues can be changed at a time.`]))
  }
  const found = new Set<Issue>()
  let unreachable = 0
  for (const name of names) {
    const issue = visibleIssue(call, asId(name) ?? '')
    if (issue) found.add(issue)
    else unreachable += 1
  }
  return { issues: [...found], unreachable }
}

const selected = (body: JsonObject): readonly unknown[] =>
  asList(body['selectedIssueIdsOrKeys']) ?? refuseBinding()

/** Puts one item for each issue into the queue; the answer names the task (documented: 201). */
function enqueue(
  call: Call,
  work: { readonly description: string; readonly items: readonly TaskItem[]; readonly unreachable: number },
): Reply {
  signedIn(call)
  return json(201, { taskId: submitTask(call, work).id })
}

/** The same for all issues that a body selects. */
function onSelected(kind: string, description: string): (call: Call) => Reply {
  return (call) => {
    const { issues, unreachable } = choose(call, selected(bodyOf(call)))
    return enqueue(call, { description, unreachable, items: issues.map(({ id }) => ({ kind, id })) })
  }
}

const mostFields = 200

function edit(call: Call): Reply {
  const body = bodyOf(call)
  const input = asObject(body['editedFieldsInput']) ?? refuseBinding()
  const actions = (asList(body['selectedActions']) ?? refuseBinding()).map(
    (id) => asText(id) ?? refuseBinding(),
  )
  const { issues, unreachable } = choose(call, selected(body))
  if (actions.length === 0) return jiraError(400, ['At least one field has to be selected.'])
  if (actions.length > mostFields)
    return jiraError(400, [`At most ${mostFields} fields can be edited at a time.`])
  return enqueue(call, {
    description: 'Edit issues',
    unreachable,
    items: issues.map(({ id }) => ({ kind: 'edit', id, input: { fields: input, actions } })),
  })
}

function transition(call: Call): Reply {
  const inputs = asList(bodyOf(call)['bulkTransitionInputs']) ?? refuseBinding()
  const parts = inputs.map((input) => {
    const given = asObject(input) ?? refuseBinding()
    const id = asId(given['transitionId']) ?? refuseBinding()
    return { chosen: choose(call, selected(given)), input: { transition: { id } } }
  })
  return enqueue(call, {
    description: 'Transition issues',
    unreachable: parts.reduce((sum, { chosen }) => sum + chosen.unreachable, 0),
    items: parts.flatMap(({ chosen, input }) =>
      chosen.issues.map(({ id }) => ({ kind: 'transition', id, input })),
    ),
  })
}

/** The keys of the mapping are project and issue type, with the parent after them where there is one (documented). */
function move(call: Call): Reply {
  const mapping = asObject(bodyOf(call)['targetToSourcesMapping']) ?? refuseBinding()
  const parts = Object.entries(mapping).map(([target, given]) => {
    const [projectName = '', typeId = ''] = target.split(',')
    const project = findProject(call.site, projectName)
    if (!project || !may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project })) {
      return refuse(jiraError(400, [`The target project '${projectName}' is not valid.`]))
    }
    if (!project.issueTypeIds.includes(typeId)) {
      return refuse(jiraError(400, [`The target issue type '${typeId}' is not valid for the project.`]))
    }
    const source = asObject(given) ?? {}
    const maps = (asList(source['targetStatus']) ?? []).map((one) =>
      readStatuses(asObject(one)?.['statuses']),
    )
    const input = {
      projectId: project.id,
      typeId,
      statuses: Object.fromEntries(maps.flatMap(Object.entries)),
    }
    return { chosen: choose(call, asList(source['issueIdsOrKeys']) ?? []), input }
  })
  return enqueue(call, {
    description: 'Move issues',
    unreachable: parts.reduce((sum, { chosen }) => sum + chosen.unreachable, 0),
    items: parts.flatMap(({ chosen, input }) => chosen.issues.map(({ id }) => ({ kind: 'move', id, input }))),
  })
}

/** Issues with the same steps before them stand together: those that they all can take (documented). */
function transitions(call: Call): Reply {
  const { issues } = choose(call, call.query.list('issueIdsOrKeys'))
  const groups = new Map<string, Issue[]>()
  for (const issue of issues) {
    const name = `${issue.projectId} ${issue.statusId}`
    groups.set(name, [...(groups.get(name) ?? []), issue])
  }
  const views = [...groups.values()].flatMap((members) => {
    const [first] = members
    const project = first && call.site.jira.projects.get(first.projectId)
    if (!first || !project) return []
    const all = project.transitions.filter(({ from }) => from === undefined || from.includes(first.statusId))
    const open = all.filter((step) =>
      members.every((issue) => availableTransitions(call, issue, project).includes(step)),
    )
    return [
      {
        isTransitionsFiltered: open.length < all.length,
        issues: members.map(({ key }) => key),
        transitions: open.map(({ id, name, to }) => ({
          transitionId: Number(id),
          transitionName: name,
          to: { statusId: Number(to), statusName: call.site.jira.statuses.get(to)?.name ?? '' },
        })),
      },
    ]
  })
  return ok({ availableTransitions: views })
}

const editableView = ({ id, name, edit: editing, schema }: FieldSpec): Record<string, unknown> => ({
  id,
  name,
  description: name,
  type: schema?.['system'] ?? schema?.['custom'] ?? id,
  isRequired: editing?.required === true,
  ...(editing?.change && { multiSelectFieldOptions: ['ADD', 'REMOVE', 'REPLACE', 'REMOVE_ALL'] }),
})

/** The fields that all of the issues have on their forms (documented). */
function editable(call: Call): Reply {
  const { issues } = choose(call, call.query.list('issueIdsOrKeys'))
  const words = call.query.text('searchText')?.toLowerCase() ?? ''
  const { site } = call
  const lists = issues.flatMap((issue) => {
    const project = site.jira.projects.get(issue.projectId)
    const allowed = project && may(call.caller, 'EDIT_ISSUES', { site, project, issue })
    return allowed ? [fieldsOn('edit', { site, project, typeId: issue.typeId })] : []
  })
  const shared = (lists[0] ?? []).filter((field) => lists.every((list) => list.includes(field)))
  const fields = shared
    .filter(
      ({ name, edit: editing }) => name.toLowerCase().includes(words) && editing?.operations.includes('set'),
    )
    .map(editableView)
  return ok({ fields })
}

/** Starts work on the properties of several issues; the answer leads to its task (documented: 303). */
function redirect(call: Call, items: readonly TaskItem[]): Reply {
  signedIn(call)
  const task = submitTask(call, { description: 'Change properties of issues', items })
  return json(303, taskView(call, task), { location: taskAddress(call, task) })
}

/** The issues that the caller may change, of the ids given, or of all there are. */
function ownedIssues(call: Call, ids: readonly unknown[] | undefined): readonly Issue[] {
  const { site, caller } = call
  const named = ids?.flatMap((id) => visibleIssue(call, asId(id) ?? '') ?? [])
  return (named ?? [...site.jira.issues.values()]).filter((issue) => {
    const project = site.jira.projects.get(issue.projectId)
    return project !== undefined && may(caller, 'EDIT_ISSUES', { site, project, issue })
  })
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

function setOnFiltered(call: Call): Reply {
  const key = call.path['propertyKey'] ?? ''
  const body = bodyOf(call)
  if (body['expression'] !== undefined) {
    return jiraError(400, ['The simulator sets values, and evaluates no expressions.'])
  }
  const filter = asObject(body['filter']) ?? {}
  const fits = ({ id }: Issue): boolean => {
    const held = propertiesOf(call.site, 'issue', id)
    if (typeof filter['hasProperty'] === 'boolean' && held.has(key) !== filter['hasProperty']) return false
    return filter['currentValue'] === undefined || same(held.get(key), filter['currentValue'])
  }
  const issues = ownedIssues(call, asList(filter['entityIds'])).filter(fits)
  const input = { key, value: body['value'] }
  return redirect(
    call,
    issues.map(({ id }) => ({ kind: 'setProperty', id, input })),
  )
}

function deleteOnFiltered(call: Call): Reply {
  const key = call.path['propertyKey'] ?? ''
  const body = call.body.kind === 'none' ? {} : bodyOf(call)
  const issues = ownedIssues(call, asList(body['entityIds'])).filter(({ id }) => {
    const held = propertiesOf(call.site, 'issue', id)
    return held.has(key) && (body['currentValue'] === undefined || same(held.get(key), body['currentValue']))
  })
  return redirect(
    call,
    issues.map(({ id }) => ({ kind: 'deleteProperty', id, input: { key } })),
  )
}

const settings = (issue: Issue, properties: unknown): readonly TaskItem[] =>
  Object.entries(isObject(properties) ? properties : {}).map(([key, value]) => ({
    kind: 'setProperty',
    id: issue.id,
    input: { key, value },
  }))

/** Work on many issues, whose refusals have a form of their own (documented). */
const submitting: readonly Served[] = [
  serve(submitBulkDelete, [], onSelected('delete', 'Delete issues')),
  serve(submitBulkWatch, [], onSelected('watch', 'Watch issues')),
  serve(submitBulkUnwatch, [], onSelected('unwatch', 'Stop watching issues')),
  serve(submitBulkEdit, [], edit),
  serve(submitBulkTransition, [], transition),
  serve(submitBulkMove, [], move),
  serve(getAvailableTransitions, ['issueIdsOrKeys', 'endingBefore', 'startingAfter'], transitions),
  serve(getBulkEditableFields, ['issueIdsOrKeys', 'searchText', 'endingBefore', 'startingAfter'], editable),
]

export const bulkHandlers: readonly Served[] = [
  ...submitting.map((served) => inForm(served, 'bulk')),
  serve(bulkSetIssuesPropertiesList, [], (call) => {
    const body = bodyOf(call)
    const issues = ownedIssues(call, asList(body['entitiesIds']) ?? refuseBinding())
    return redirect(
      call,
      issues.flatMap((issue) => settings(issue, body['properties'])),
    )
  }),
  serve(bulkSetIssuePropertiesByIssue, [], (call) => {
    const entries = asList(bodyOf(call)['issues']) ?? refuseBinding()
    const items = entries.flatMap((entry) => {
      const { issueID, properties } = asObject(entry) ?? {}
      return ownedIssues(call, [issueID]).flatMap((issue) => settings(issue, properties))
    })
    return redirect(call, items)
  }),
  serve(bulkSetIssueProperty, [], setOnFiltered),
  serve(bulkDeleteIssueProperty, [], deleteOnFiltered),
]
