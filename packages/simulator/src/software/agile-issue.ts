import { readDocument } from '../content/document.ts'
import { documentToWiki } from '../content/wiki.ts'
import type { Call } from '../http/call.ts'
import { isObject } from '../http/value.ts'
import { issueView, type Selection, selectFields } from '../jira/issue-view.ts'
import type { View } from '../jira/view.ts'
import { sees } from '../query/jql-values.ts'
import type { Issue } from '../world/jira-model.ts'
import { epicView } from './epic-view.ts'
import { epicOf, openSprintOf, sprintsOf } from './membership.ts'
import { agile, sprintView } from './sprint-view.ts'

/** What can be asked for besides the fields (recorded). */
const expandable = 'operations,versionedRepresentations,editmeta,changelog,renderedFields'

/** Whether an impediment was put on an issue. */
function isFlagged({ site }: Pick<View, 'site'>, issue: Issue): boolean {
  return [...site.jira.customFields.values()]
    .filter(({ type }) => type === 'flag')
    .some(({ id }) => issue.custom.has(id))
}

/** The fields that only the agile API has (recorded: `epic`, `flagged` and `sprint`; documented: `closedSprints`). */
const agileFields: Readonly<Record<string, (call: Call, issue: Issue) => unknown>> = {
  sprint: (call, issue) => {
    const sprint = openSprintOf(call.site, issue)
    return sprint ? sprintView(call, sprint) : null
  },
  closedSprints: (call, issue) => {
    const closed = sprintsOf(call.site, issue).filter(({ state }) => state === 'closed')
    return closed.length === 0 ? undefined : closed.map((sprint) => sprintView(call, sprint))
  },
  epic: (call, issue) => {
    const epic = epicOf(call.site, issue)
    return epic && sees(call, epic) ? epicView(call, epic) : null
  },
  flagged: isFlagged,
}

/** Turns the platform's third version into the second: texts in wiki notation, and other addresses (recorded). */
function asVersion2(value: unknown, { rest }: { readonly rest: string }): unknown {
  const third = `${rest}/rest/api/3/`
  const turn = (one: unknown): unknown => {
    if (typeof one === 'string')
      return one.startsWith(third) ? `${rest}/rest/api/2/${one.slice(third.length)}` : one
    if (Array.isArray(one)) return one.map(turn)
    if (!isObject(one)) return one
    const read = one['type'] === 'doc' ? readDocument(one) : undefined
    if (read?.ok) return documentToWiki(read.document)
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, turn(inner)]))
  }
  return turn(value)
}

/** Which fields were asked for, those of the agile API among them. */
export interface AgileSelection extends Selection {
  readonly agile: readonly string[]
}

export function agileSelection(call: Call): AgileSelection {
  const asked = call.query.list('fields')
  const named = asked.filter((name) => !name.startsWith('-'))
  const wants = (name: string): boolean =>
    named.length === 0 || named.some((one) => one === name || one === '*all' || one === '*navigable')
  return {
    ...selectFields(call, asked, call.query.list('expand')),
    // Unlike the platform, the agile API always names key and address (documented).
    idOnly: false,
    agile: Object.keys(agileFields).filter((name) => wants(name) && !asked.includes(`-${name}`)),
  }
}

/** An issue in answers of the agile API (recorded, F-AG-01, F-AG-04). */
export function agileIssueView(call: Call, issue: Issue, selection: AgileSelection): Record<string, unknown> {
  const shown = issueView(call, issue, selection)
  const own = selection.agile.flatMap((name): [string, unknown][] => {
    const value = agileFields[name]?.(call, issue)
    return value === undefined ? [] : [[name, value]]
  })
  const { fields, ...rest } = shown
  const turned = asVersion2({ ...rest, fields }, call.links)
  const platform = isObject(turned) ? turned : {}
  const platformFields = isObject(platform['fields']) ? platform['fields'] : {}
  return {
    ...platform,
    expand: expandable,
    self: agile(call, `issue/${issue.id}`),
    fields: { ...platformFields, ...Object.fromEntries(own) },
  }
}
