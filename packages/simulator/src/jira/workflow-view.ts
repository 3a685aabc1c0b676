import type { Call } from '../http/call.ts'
import type { Project, Transition, TransitionCondition } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { uuidOf } from '../world/random.ts'
import { holderView } from './holders.ts'

/** Each project has one workflow for all its types. */
export function workflowIdOf({ cloudId }: Pick<Site, 'cloudId'>, { uuid }: Project): string {
  return uuidOf(`workflow ${cloudId} ${uuid}`)
}

export function workflowName({ key }: Project): string {
  return `Software workflow for project ${key}`
}

/** The service's keys of rules (documented). */
function conditionView(call: Pick<Call, 'site'>, condition: TransitionCondition): Record<string, unknown> {
  if (condition.type === 'permission') {
    return {
      ruleKey: 'system:check-permission-validator',
      parameters: { permissionKey: condition.permission },
    }
  }
  const { type, value } = holderView(call, condition)
  const lists: Readonly<Record<string, string>> = {
    projectRole: 'roleIds',
    group: 'groupIds',
    user: 'accountIds',
  }
  const list = lists[String(type)]
  return {
    ruleKey: 'system:restrict-issue-transition',
    parameters: list === undefined ? { accountIds: `allow-${String(type)}` } : { [list]: String(value) },
  }
}

function transitionView(call: Pick<Call, 'site'>, step: Transition): Record<string, unknown> {
  const { id, name, from, to, screen = [], conditions = [] } = step
  const required = screen.filter((field) => field.required).map(({ fieldId }) => fieldId)
  return {
    id,
    type: from === undefined ? 'GLOBAL' : 'DIRECTED',
    toStatusReference: to,
    links: (from ?? []).map((status) => ({ fromStatusReference: status, fromPort: 0, toPort: 0 })),
    name,
    description: '',
    actions: [],
    validators:
      required.length === 0
        ? []
        : [
            {
              ruleKey: 'system:validate-field-value',
              parameters: { ruleType: 'fieldRequired', fieldsRequired: required.join(',') },
            },
          ],
    triggers: [],
    properties: {},
    ...(conditions.length > 0 && {
      conditions: {
        operation: 'ALL',
        conditions: conditions.map((condition) => conditionView(call, condition)),
        conditionGroups: [],
      },
    }),
  }
}

/** The step that new issues come in by. */
function initialView({ statusIds: [first = ''] }: Project): Record<string, unknown> {
  return {
    id: '1',
    type: 'INITIAL',
    toStatusReference: first,
    links: [],
    name: 'Create',
    description: '',
    actions: [],
    validators: [],
    triggers: [],
    properties: {},
  }
}

const scopeOf = ({ style, id }: Project): Record<string, unknown> =>
  style === 'next-gen' ? { type: 'PROJECT', project: { id } } : { type: 'GLOBAL' }

/** A workflow (documented). Statuses are referred to by their ids. */
export function workflowView(call: Pick<Call, 'site'>, project: Project): Record<string, unknown> {
  return {
    id: workflowIdOf(call.site, project),
    name: workflowName(project),
    description: '',
    scope: scopeOf(project),
    isEditable: true,
    version: { id: uuidOf(`workflow version ${project.uuid}`), versionNumber: 1 },
    statuses: project.statusIds.map((statusReference) => ({
      statusReference,
      properties: {},
      deprecated: false,
    })),
    transitions: [initialView(project), ...project.transitions.map((step) => transitionView(call, step))],
  }
}
