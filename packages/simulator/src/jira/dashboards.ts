import {
  addGadget,
  copyDashboard,
  createDashboard,
  deleteDashboard,
  getAllAvailableDashboardGadgets,
  getAllDashboards,
  getAllGadgets,
  getDashboard,
  getDashboardsPaginated,
  removeGadget,
  updateDashboard,
  updateGadget,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Dashboard, Gadget } from '../world/jira/sharing-model.ts'
import { bodyOf } from './body.ts'
import { cut, pageBean, windowOf } from './page.ts'
import { signedIn } from './rights.ts'
import { mayEdit, readShares, shareView } from './share-permissions.ts'
import { arranged, dashboardOf } from './sharing.ts'
import { rest, shortUserView } from './view.ts'

function view(call: Call, dashboard: Dashboard): Record<string, unknown> {
  const { id, name, description, ownerId, favouriteOf } = dashboard
  return {
    description,
    id,
    isFavourite: favouriteOf.has(call.caller.person?.accountId ?? ''),
    name,
    owner: shortUserView(call, ownerId),
    popularity: favouriteOf.size,
    rank: 0,
    self: rest(call, `dashboard/${id}`),
    sharePermissions: dashboard.share.map((share) => shareView(call, share)),
    editPermissions: dashboard.edit.map((share) => shareView(call, share)),
    view: `${call.links.site}/jira/dashboards/${id}`,
    isWritable: mayEdit(call, dashboard),
    systemDashboard: false,
  }
}

type Details = Pick<Dashboard, 'name' | 'description' | 'share' | 'edit'>

function readDetails(call: Call, body: JsonObject): Details {
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '') refuse(jiraError(400, [], { name: 'You must specify a name for the dashboard.' }))
  return {
    name,
    description: asText(body['description']) ?? '',
    share: readShares(call, body['sharePermissions']) ?? [],
    edit: readShares(call, body['editPermissions']) ?? [],
  }
}

function keep(call: Call, details: Details, gadgets: readonly Omit<Gadget, 'id'>[]): Dashboard {
  const dashboard: Dashboard = {
    ...details,
    id: nextId(call.world, 'dashboard', call.site.cloudId),
    ownerId: signedIn(call).accountId,
    favouriteOf: new Set(),
    gadgets: gadgets.map((gadget) => ({ ...gadget, id: nextId(call.world, 'gadget', call.site.cloudId) })),
  }
  call.site.jira.dashboards.set(dashboard.id, dashboard)
  return dashboard
}

/** The gadgets that can be put on a dashboard. Their keys are the service's (reported), their titles ours. */
const available: readonly { readonly moduleKey: string; readonly title: string }[] = [
  ['assigned-to-me-dashboard-item', 'Assigned to me'],
  ['filter-results-dashboard-item', 'Results of a filter'],
  ['pie-chart-dashboard-item', 'Pie chart'],
  ['created-vs-resolved-issues-chart', 'Made and resolved'],
  ['activity-stream-dashboard-item', 'What happened'],
  ['watched-dashboard-item', 'Watched by me'],
].map(([key, title]) => ({
  moduleKey: `com.atlassian.plugins.atlassian-connect-plugin:${key ?? ''}`,
  title: title ?? '',
}))

const colors = ['blue', 'red', 'yellow', 'green', 'cyan', 'purple', 'gray', 'white']

function readPosition(value: unknown): Gadget['position'] | undefined {
  const { row, column } = asObject(value) ?? {}
  const [line, place] = [asInteger(row), asInteger(column)]
  return line === undefined || place === undefined ? undefined : { row: line, column: place }
}

function readColor(value: unknown): string | undefined {
  const color = asText(value)
  if (color === undefined || colors.includes(color)) return color
  return refuse(jiraError(400, [`The color has to be one of ${colors.join(', ')}.`]))
}

const gadgetView = ({ id, moduleKey, color, position, title }: Gadget): Record<string, unknown> => ({
  id: Number(id),
  moduleKey,
  color,
  position,
  title,
})

function add(call: Call): Reply {
  const dashboard = dashboardOf(call, call.path['dashboardId'], 'write')
  const body = bodyOf(call)
  const moduleKey = asText(body['moduleKey'])
  const known = available.find((one) => one.moduleKey === moduleKey)
  if (moduleKey === undefined || (!known && body['ignoreUriAndModuleKeyValidation'] !== true)) {
    return jiraError(400, ['The gadget has to be named by a module key that is available.'])
  }
  const gadget: Gadget = {
    id: nextId(call.world, 'gadget', call.site.cloudId),
    moduleKey,
    color: readColor(body['color']) ?? 'blue',
    position: readPosition(body['position']) ?? { row: dashboard.gadgets.length, column: 0 },
    title: asText(body['title']) ?? known?.title ?? moduleKey,
  }
  dashboard.gadgets.push(gadget)
  return ok(gadgetView(gadget))
}

function gadgetOf(call: Call): { readonly dashboard: Dashboard; readonly gadget: Gadget } {
  const dashboard = dashboardOf(call, call.path['dashboardId'], 'write')
  const id = call.path['gadgetId'] ?? ''
  const gadget = dashboard.gadgets.find((one) => one.id === id)
  return gadget
    ? { dashboard, gadget }
    : refuse(jiraError(404, [`The gadget with id '${id}' does not exist.`]))
}

function list(call: Call): Reply {
  const { query, site } = call
  const wanted = query.text('filter')
  const me = call.caller.person?.accountId ?? ''
  const fits = (dashboard: Dashboard): boolean =>
    wanted === 'my' ? dashboard.ownerId === me : wanted !== 'favourite' || dashboard.favouriteOf.has(me)
  const found = arranged(call, site.jira.dashboards.values(), '').filter(fits)
  const window = windowOf(call, 20, 1000)
  const shown = cut(found, window).map((dashboard) => view(call, dashboard))
  return ok({
    startAt: window.startAt,
    maxResults: window.maxResults,
    total: found.length,
    dashboards: shown,
  })
}

export const dashboardHandlers: readonly Served[] = [
  serve(getAllDashboards, ['filter', 'startAt', 'maxResults'], list),
  serve(
    getDashboardsPaginated,
    [
      ...(['dashboardName', 'accountId', 'owner', 'groupname', 'groupId', 'projectId'] as const),
      ...(['orderBy', 'startAt', 'maxResults', 'status', 'expand'] as const),
    ],
    (call) => {
      const kept = (call.query.text('status') ?? 'active') === 'active'
      const found = arranged(call, kept ? call.site.jira.dashboards.values() : [], 'dashboardName')
      const window = windowOf(call, 50, 100)
      const path = '/rest/api/3/dashboard/search'
      return ok(pageBean(call, found, { path, window, view: (dashboard) => view(call, dashboard) }))
    },
  ),
  serve(createDashboard, ['extendAdminPermissions'], (call) =>
    ok(view(call, keep(call, readDetails(call, bodyOf(call)), []))),
  ),
  serve(getDashboard, [], (call) => ok(view(call, dashboardOf(call, call.path['id'])))),
  serve(updateDashboard, ['extendAdminPermissions'], (call) => {
    const dashboard = dashboardOf(call, call.path['id'], 'write')
    return ok(view(call, Object.assign(dashboard, readDetails(call, bodyOf(call)))))
  }),
  serve(copyDashboard, ['extendAdminPermissions'], (call) => {
    const { gadgets } = dashboardOf(call, call.path['id'])
    return ok(view(call, keep(call, readDetails(call, bodyOf(call)), gadgets)))
  }),
  serve(deleteDashboard, [], (call) => {
    const dashboard = dashboardOf(call, call.path['id'], 'write')
    call.site.jira.dashboards.delete(dashboard.id)
    return empty()
  }),
  serve(getAllAvailableDashboardGadgets, [], () => ok({ gadgets: available })),
  serve(getAllGadgets, ['moduleKey', 'gadgetId'], (call) => {
    const { gadgets } = dashboardOf(call, call.path['dashboardId'])
    const [keys, ids] = [call.query.list('moduleKey'), call.query.list('gadgetId')]
    const found = gadgets.filter(
      ({ id, moduleKey }) =>
        (keys.length === 0 || keys.includes(moduleKey)) && (ids.length === 0 || ids.includes(id)),
    )
    return ok({ gadgets: found.map(gadgetView) })
  }),
  serve(addGadget, [], add),
  serve(updateGadget, [], (call) => {
    const { gadget } = gadgetOf(call)
    const body = bodyOf(call)
    gadget.title = asText(body['title']) ?? gadget.title
    gadget.color = readColor(body['color']) ?? gadget.color
    gadget.position = readPosition(body['position']) ?? gadget.position
    return empty()
  }),
  serve(removeGadget, [], (call) => {
    const { dashboard, gadget } = gadgetOf(call)
    dashboard.gadgets.splice(dashboard.gadgets.indexOf(gadget), 1)
    return empty()
  }),
]
