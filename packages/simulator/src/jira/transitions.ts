import { doTransition, getTransitions } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asObject, type JsonObject } from '../http/value.ts'
import { noteArrival } from '../service/arrival.ts'
import type { Issue, Project, Transition } from '../world/jira-model.ts'
import { may, meets } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { fieldsOf } from './fields/table.ts'
import { issueOf } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { fieldMetadata } from './metadata.ts'
import { statusView, type View } from './view.ts'
import { parseEdits } from './write.ts'

/** The steps from where the issue stands, for a caller who may take steps at all. */
function reachable(view: View, issue: Issue, project: Project): readonly Transition[] {
  if (!may(view.caller, 'TRANSITION_ISSUES', { site: view.site, project, issue })) return []
  return project.transitions.filter(
    ({ from, approval }) => !approval && (from === undefined || from.includes(issue.statusId)),
  )
}

/** Whether the caller is what the transition asks for. */
function isOpen(view: View, { conditions = [] }: Transition, place: Moving): boolean {
  return conditions.every((condition) => meets(view.caller, condition, { site: view.site, ...place }))
}

/** An issue that is to be moved. */
interface Moving {
  readonly issue: Issue
  readonly project: Project
}

/** The steps that the caller may take from where the issue stands. */
export function availableTransitions(view: View, issue: Issue, project: Project): readonly Transition[] {
  return reachable(view, issue, project).filter((step) => isOpen(view, step, { issue, project }))
}

/** A transition (documented, F-TRANS-01). */
function transitionView(
  view: View,
  transition: Transition,
  {
    issue,
    project,
    withFields,
  }: { readonly issue: Issue; readonly project: Project; readonly withFields: boolean },
): Record<string, unknown> {
  const { id, name, from, screen, conditions = [] } = transition
  const to = view.site.jira.statuses.get(transition.to)
  const type = view.site.jira.issueTypes.get(issue.typeId)
  const fields = (screen ?? []).flatMap(({ fieldId, required }): [string, unknown][] => {
    const field = fieldsOf(view.site).get(fieldId)
    return field && type ? [[fieldId, fieldMetadata(view, field, { project, type, issue, required })]] : []
  })
  return {
    id,
    name,
    ...(to && { to: statusView(view, to) }),
    hasScreen: screen !== undefined,
    isGlobal: from === undefined,
    isInitial: false,
    isAvailable: isOpen(view, transition, { issue, project }),
    isConditional: conditions.length > 0,
    ...(withFields && { fields: Object.fromEntries(fields) }),
    isLooped: false,
  }
}

/** The list, as it also stands inside of an issue. */
export function transitionsView(view: View, issue: Issue, project: Project): readonly unknown[] {
  return availableTransitions(view, issue, project).map((transition) =>
    transitionView(view, transition, { issue, project, withFields: false }),
  )
}

/**
 * Moves an issue and keeps what hangs on its state: the moment of the last change of category, and the resolution,
 * which is set when a screen did not ask for it and taken away when the issue is opened again (team-managed: inferred).
 */
export function moveTo(
  view: View,
  issue: Issue,
  { statusId, now }: { readonly statusId: string; readonly now: number },
): void {
  const { statuses, resolutions } = view.site.jira
  const [before, after] = [statuses.get(issue.statusId)?.category, statuses.get(statusId)?.category]
  issue.statusId = statusId
  noteArrival(view, issue, now)
  if (before !== after) issue.categoryChanged = now
  if (after === 'done' && issue.resolutionId === null) {
    issue.resolutionId = [...resolutions.values()].find(({ name }) => name === 'Done')?.id ?? null
    issue.resolved = now
  } else if (after !== 'done') {
    issue.resolutionId = null
    issue.resolved = null
  }
}

/** Takes a step with an issue, or ends the call with what stands in the way. */
export function takeStep(call: Call, { issue, project }: Moving, body: JsonObject): void {
  const id = asId(asObject(body['transition'])?.['id'])
  if (id === undefined) return refuse(jiraError(400, ["Missing 'transition' identifier"]))
  const chosen = availableTransitions(call, issue, project).find((available) => available.id === id)
  if (!chosen) return refuse(jiraError(400, [`Transition id '${id}' is not valid for this issue.`]))
  const type = call.site.jira.issueTypes.get(issue.typeId)
  if (!type) return refuse(jiraError(400, ['The issue has no type.']))
  const asked = chosen.screen ?? []
  const edits = parseEdits(call, body, { project, type, issue, screen: asked.map(({ fieldId }) => fieldId) })
  const given = { ...asObject(body['fields']), ...asObject(body['update']) }
  const errors = { ...edits.errors }
  for (const { fieldId, required } of asked) {
    const name = fieldsOf(call.site).get(fieldId)?.name ?? fieldId
    if (required && given[fieldId] === undefined) errors[fieldId] ??= `${name} is required.`
  }
  if (Object.keys(errors).length > 0) refuse(jiraError(400, [], errors))
  const now = call.clock.now()
  const before = traceOf(call, issue)
  edits.apply(issue)
  moveTo(call, issue, { statusId: chosen.to, now })
  recordChanges(call, issue, { before, now })
}

function move(call: Call): Reply {
  takeStep(call, issueOf(call, call.path['issueIdOrKey']), bodyOf(call))
  return empty(204, { 'content-type': 'text/html;charset=UTF-8' })
}

export const transitionHandlers: readonly Served[] = [
  serve(
    getTransitions,
    [
      'expand',
      'transitionId',
      'includeUnavailableTransitions',
      'skipRemoteOnlyCondition',
      'sortByOpsBarAndStatus',
    ],
    (call) => {
      const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
      const wanted = call.query.text('transitionId')
      const withFields = call.query.list('expand').includes('transitions.fields')
      const unavailable = call.query.flag('includeUnavailableTransitions')
      const transitions = (unavailable ? reachable : availableTransitions)(call, issue, project)
        .filter(({ id }) => wanted === undefined || id === wanted)
        .map((one) => transitionView(call, one, { issue, project, withFields }))
      return ok({ expand: 'transitions', transitions })
    },
  ),
  serve(doTransition, [], move),
]
