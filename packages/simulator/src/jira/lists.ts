import { getAllLabels, getFields, getServerInfo } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import { visibleIssues } from '../query/jql-values.ts'
import { jiraTime } from '../world/time.ts'
import type { FieldSpec } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'
import { pageBean, windowOf } from './page.ts'

/** A field in the list of fields (recorded, F-ISS-16). */
export function fieldView(field: FieldSpec): Record<string, unknown> {
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

export const listHandlers: readonly Served[] = [
  serve(getServerInfo, [], (call) => ok(serverInfo(call))),
  serve(getFields, [], (call) => ok([...fieldsOf(call.site).values()].map(fieldView))),
  serve(getAllLabels, ['startAt', 'maxResults'], (call) => {
    const labels = new Set(visibleIssues(call).flatMap((issue) => issue.labels))
    const path = '/rest/api/3/label'
    const window = windowOf(call, 1000)
    return ok(pageBean(call, [...labels].toSorted(), { path, window, view: (label) => label }))
  }),
]
