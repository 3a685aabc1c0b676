import {
  getEvents,
  getNotificationScheme,
  getNotificationSchemeForProject,
  getNotificationSchemes,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse } from '../http/reply.ts'
import type { NotificationRule, NotificationScheme } from '../world/jira/site-model.ts'
import { projectOf } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { administer, signedIn } from './rights.ts'
import { rest } from './view.ts'

/** What can happen to an issue (documented: numbers and names). */
const events = [
  'Issue Created',
  'Issue Updated',
  'Issue Assigned',
  'Issue Resolved',
  'Issue Closed',
  'Issue Commented',
  'Issue Reopened',
  'Issue Deleted',
  'Issue Moved',
  'Work Logged On Issue',
  'Work Started On Issue',
  'Work Stopped On Issue',
  'Generic Event',
  'Issue Comment Edited',
  'Issue Worklog Updated',
  'Issue Worklog Deleted',
  'Issue Comment Deleted',
].map((name, place) => ({ id: place + 1, name }))

const defaultSchemeId = '10000'

function rulesView(scheme: NotificationScheme): readonly unknown[] {
  const used = events.filter(({ id }) => scheme.rules.some(({ eventId }) => eventId === String(id)))
  return used.map(({ id, name }) => ({
    event: { id, name, description: `${name}.` },
    notifications: scheme.rules.filter(({ eventId }) => eventId === String(id)).map(ruleView),
  }))
}

const ruleView = ({ id, type, parameter }: NotificationRule): Record<string, unknown> => ({
  id: Number(id),
  notificationType: type,
  ...(parameter !== undefined && { parameter, recipient: parameter }),
})

function view(call: Call, scheme: NotificationScheme): Record<string, unknown> {
  const expand = call.query.list('expand')
  const whole = expand.includes('notificationSchemeEvents') || expand.includes('all')
  const { id, name, description } = scheme
  const projects = [...call.site.jira.projects.values()].filter(
    ({ notificationSchemeId }) => (notificationSchemeId ?? defaultSchemeId) === id,
  )
  return {
    expand: 'notificationSchemeEvents,user,group,projectRole,field,all',
    id: Number(id),
    self: rest(call, `notificationscheme/${id}`),
    name,
    description,
    ...(whole && { notificationSchemeEvents: rulesView(scheme) }),
    projects: projects.map((project) => Number(project.id)),
  }
}

function schemeOf(call: Call, id: string | undefined): NotificationScheme {
  const found = call.site.jira.notificationSchemes.get(id ?? '')
  return found ?? refuse(jiraError(404, [`The notification scheme with id ${id ?? ''} was not found.`]))
}

export const notificationSchemeHandlers: readonly Served[] = [
  serve(
    getNotificationSchemes,
    ['startAt', 'maxResults', 'id', 'projectId', 'onlyDefault', 'expand'],
    (call) => {
      signedIn(call)
      const [ids, projectIds] = [call.query.list('id'), call.query.list('projectId')]
      const wanted = new Set(
        projectIds.map((id) => call.site.jira.projects.get(id)?.notificationSchemeId ?? defaultSchemeId),
      )
      const found = [...call.site.jira.notificationSchemes.values()].filter(
        ({ id }) =>
          (ids.length === 0 || ids.includes(id)) &&
          (projectIds.length === 0 || wanted.has(id)) &&
          (!call.query.flag('onlyDefault') || id === defaultSchemeId),
      )
      const path = '/rest/api/3/notificationscheme'
      return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: (one) => view(call, one) }))
    },
  ),
  serve(getNotificationScheme, ['expand'], (call) => {
    signedIn(call)
    return ok(view(call, schemeOf(call, call.path['id'])))
  }),
  serve(getNotificationSchemeForProject, ['expand'], (call) => {
    const project = projectOf(call, call.path['projectKeyOrId'])
    return ok(view(call, schemeOf(call, project.notificationSchemeId ?? defaultSchemeId)))
  }),
  serve(getEvents, [], (call) => {
    administer(call)
    return ok(events)
  }),
]
