import {
  getFields,
  getIssueAllTypes,
  getPriorities,
  getPriority,
  getResolutions,
  getServerInfo,
  getStatuses,
  searchPriorities,
  searchResolutions,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok } from '../http/reply.ts'
import type { Status } from '../world/jira-model.ts'
import { jiraTime } from '../world/time.ts'
import type { FieldSpec } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'
import { visibleProjects } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { fullPriorityView, listedTypeView, listedStatusView, resolutionView } from './view.ts'

/** A field in the list of fields (recorded, F-ISS-16). */
function fieldView(field: FieldSpec): Record<string, unknown> {
  return {
    id: field.id,
    key: field.id,
    name: field.name,
    ...(field.custom && { untranslatedName: field.name }),
    custom: field.custom === true,
    orderable: field.orderable === true,
    navigable: field.navigable === true,
    searchable: field.searchable === true,
    clauseNames: field.clauseNames,
    ...(field.schema && { schema: field.schema }),
  }
}

/** What the site says of itself (recorded, F-ISS-22). The title says what it is. */
function serverInfo({ links, clock, site, world }: Call): Record<string, unknown> {
  return {
    baseUrl: links.site,
    displayUrl: links.site,
    displayUrlServicedeskHelpCenter: links.site,
    displayUrlCSMHelpSeeker: links.site,
    displayUrlConfluence: links.site,
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_290,
    buildDate: jiraTime(world.createdAt, site.timeZone),
    serverTime: jiraTime(clock.now(), site.timeZone),
    scmInfo: '0000000000000000000000000000000000000000',
    serverTitle: 'Jira (simulator)',
    defaultLocale: { locale: 'en_US' },
    serverTimeZone: site.timeZone,
  }
}

const isDefault = (name: string): boolean => name === 'Medium'

/** The statuses of projects that the caller may see. */
function visibleStatuses(call: Call): readonly Status[] {
  const ids = new Set(visibleProjects(call).flatMap(({ statusIds }) => statusIds))
  return [...call.site.jira.statuses.values()].filter(({ id }) => ids.has(id))
}

export const listHandlers: readonly Served[] = [
  serve(getServerInfo, [], (call) => ok(serverInfo(call))),
  serve(getFields, [], (call) => ok([...fieldsOf(call.site).values()].map(fieldView))),
  serve(getIssueAllTypes, [], (call) => {
    const ids = new Set(visibleProjects(call).flatMap(({ issueTypeIds }) => issueTypeIds))
    const types = [...call.site.jira.issueTypes.values()].filter(({ id }) => ids.has(id))
    return ok(types.map((type) => listedTypeView(call, type)))
  }),
  serve(getStatuses, [], (call) => ok(visibleStatuses(call).map((status) => listedStatusView(call, status)))),
  serve(getPriorities, [], (call) =>
    ok([...call.site.jira.priorities.values()].map((priority) => fullPriorityView(call, priority))),
  ),
  serve(getPriority, [], (call) => {
    const priority = call.site.jira.priorities.get(call.path['id'] ?? '')
    if (priority) return ok(fullPriorityView(call, priority))
    return jiraError(404, ['The priority was not found. Perhaps it has been deleted?'])
  }),
  serve(searchPriorities, ['startAt', 'maxResults', 'id', 'priorityName', 'onlyDefault'], (call) => {
    const [ids, name] = [call.query.list('id'), call.query.text('priorityName')?.toLowerCase() ?? '']
    const found = [...call.site.jira.priorities.values()]
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .filter((priority) => priority.name.toLowerCase().includes(name))
      .filter((priority) => !call.query.flag('onlyDefault') || isDefault(priority.name))
    const page = pageBean(call, found, {
      path: '/rest/api/3/priority/search',
      window: windowOf(call, 50),
      view: (priority) => ({ ...fullPriorityView(call, priority), isDefault: isDefault(priority.name) }),
    })
    const { self: _, ...withoutSelf } = page
    return ok(withoutSelf)
  }),
  serve(getResolutions, [], (call) =>
    ok([...call.site.jira.resolutions.values()].map((resolution) => resolutionView(call, resolution))),
  ),
  serve(searchResolutions, ['startAt', 'maxResults', 'id', 'onlyDefault'], (call) => {
    const ids = call.query.list('id')
    const found = [...call.site.jira.resolutions.values()]
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .filter(() => !call.query.flag('onlyDefault'))
    const page = pageBean(call, found, {
      path: '/rest/api/3/resolution/search',
      window: windowOf(call, 50),
      view: (resolution) => ({ ...resolutionView(call, resolution), default: false }),
    })
    const { self: _, ...withoutSelf } = page
    return ok(withoutSelf)
  }),
]
