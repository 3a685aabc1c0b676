import {
  deleteCommentProperty,
  deleteDashboardItemProperty,
  deleteIssueProperty,
  deleteIssueTypeProperty,
  deleteProjectProperty,
  deleteUserProperty,
  deleteWorklogProperty,
  getCommentProperty,
  getCommentPropertyKeys,
  getDashboardItemProperty,
  getDashboardItemPropertyKeys,
  getIssueProperty,
  getIssuePropertyKeys,
  getIssueTypeProperty,
  getIssueTypePropertyKeys,
  getProjectProperty,
  getProjectPropertyKeys,
  getUserProperty,
  getUserPropertyKeys,
  getWorklogProperty,
  getWorklogPropertyKeys,
  setCommentProperty,
  setDashboardItemProperty,
  setIssueProperty,
  setIssueTypeProperty,
  setProjectProperty,
  setUserProperty,
  setWorklogProperty,
} from '@telamon/jira/operations'
import type { OperationSpec } from '@telamon/rest'

import type { Call, Served } from '../http/call.ts'
import { jiraBindingError, jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import {
  commentOwner,
  dashboardItemOwner,
  issueOwner,
  typeOwner,
  projectOwner,
  userOwner,
  worklogOwner,
} from './property-owners.ts'
import { deleteProperty, propertiesOf, type PropertyOwner, setProperty } from './property-store.ts'
import { rest } from './view.ts'

/** A kind of thing with properties: how it is found, by whom it may be read and changed, and where it is. */
interface PropertyHost {
  readonly kind: PropertyOwner
  /** The id, for a caller who may do that; otherwise the call ends. */
  readonly find: (call: Call, purpose: 'read' | 'write') => string
  /** The address below `/rest/api/3`, without `/properties`. */
  readonly address: (call: Call) => string
  readonly query?: readonly string[]
  readonly operations: {
    readonly keys: OperationSpec
    readonly get: OperationSpec
    readonly set: OperationSpec
    readonly remove: OperationSpec
  }
}

/** The longest key, in characters, and the largest value, in characters of JSON (documented). */
const longestKey = 255
const largestValue = 32_768

function readValue({ body }: Call): unknown {
  if (body.kind !== 'json') {
    return refuse(jiraBindingError('There was an error parsing JSON. Check that your request body is valid.'))
  }
  if (JSON.stringify(body.value).length > largestValue) {
    refuse(jiraError(400, [`The property value is longer than ${largestValue} characters.`]))
  }
  return body.value
}

const missing = (key: string): Reply => jiraError(404, [`The property with key '${key}' does not exist.`])

const keyOf = ({ path }: Call): string => path['propertyKey'] ?? ''

function serveProperties(host: PropertyHost): readonly Served[] {
  const { kind, operations, find, address } = host
  const query = new Set(host.query)
  return [
    {
      operation: operations.keys,
      query,
      run(call) {
        const keys = [...propertiesOf(call.site, kind, find(call, 'read')).keys()]
        const self = (key: string): string =>
          rest(call, `${address(call)}/properties/${encodeURIComponent(key)}`)
        return ok({ keys: keys.map((key) => ({ self: self(key), key })) })
      },
    },
    {
      operation: operations.get,
      query,
      run(call) {
        const properties = propertiesOf(call.site, kind, find(call, 'read'))
        const key = keyOf(call)
        return properties.has(key) ? ok({ key, value: properties.get(key) }) : missing(key)
      },
    },
    {
      operation: operations.set,
      query,
      run(call) {
        const key = keyOf(call)
        const id = find(call, 'write')
        if (key.length > longestKey) {
          return jiraError(400, [`The property key is longer than ${longestKey} characters.`])
        }
        return { status: setProperty(call.site, { kind, id, key }, readValue(call)) ? 201 : 200 }
      },
    },
    {
      operation: operations.remove,
      query,
      run(call) {
        const key = keyOf(call)
        return deleteProperty(call.site, { kind, id: find(call, 'write'), key }) ? empty() : missing(key)
      },
    },
  ]
}

const hosts: readonly PropertyHost[] = [
  {
    kind: 'issue',
    find: issueOwner,
    address: ({ path }) => `issue/${path['issueIdOrKey'] ?? ''}`,
    operations: {
      keys: getIssuePropertyKeys,
      get: getIssueProperty,
      set: setIssueProperty,
      remove: deleteIssueProperty,
    },
  },
  {
    kind: 'comment',
    find: commentOwner,
    address: ({ path }) => `comment/${path['commentId'] ?? ''}`,
    operations: {
      keys: getCommentPropertyKeys,
      get: getCommentProperty,
      set: setCommentProperty,
      remove: deleteCommentProperty,
    },
  },
  {
    kind: 'worklog',
    find: worklogOwner,
    address: ({ path }) => `issue/${path['issueIdOrKey'] ?? ''}/worklog/${path['worklogId'] ?? ''}`,
    operations: {
      keys: getWorklogPropertyKeys,
      get: getWorklogProperty,
      set: setWorklogProperty,
      remove: deleteWorklogProperty,
    },
  },
  {
    kind: 'project',
    find: projectOwner,
    address: ({ path }) => `project/${path['projectIdOrKey'] ?? ''}`,
    operations: {
      keys: getProjectPropertyKeys,
      get: getProjectProperty,
      set: setProjectProperty,
      remove: deleteProjectProperty,
    },
  },
  {
    kind: 'issuetype',
    find: typeOwner,
    address: ({ path }) => `issuetype/${path['issueTypeId'] ?? ''}`,
    operations: {
      keys: getIssueTypePropertyKeys,
      get: getIssueTypeProperty,
      set: setIssueTypeProperty,
      remove: deleteIssueTypeProperty,
    },
  },
  {
    kind: 'user',
    find: userOwner,
    address: () => 'user',
    query: ['accountId'],
    operations: {
      keys: getUserPropertyKeys,
      get: getUserProperty,
      set: setUserProperty,
      remove: deleteUserProperty,
    },
  },
  {
    kind: 'dashboardItem',
    find: dashboardItemOwner,
    address: ({ path }) => `dashboard/${path['dashboardId'] ?? ''}/items/${path['itemId'] ?? ''}`,
    operations: {
      keys: getDashboardItemPropertyKeys,
      get: getDashboardItemProperty,
      set: setDashboardItemProperty,
      remove: deleteDashboardItemProperty,
    },
  },
]

/** Properties of everything that has them: the same four operations each. */
export const propertyHandlers: readonly Served[] = hosts.flatMap(serveProperties)
