import {
  countIssues,
  searchAndReconsileIssuesUsingJql,
  searchAndReconsileIssuesUsingJqlPost,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asList, asText, type JsonObject } from '../http/value.ts'
import { findIssues } from '../query/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { issueView, selectFields } from './issue-view.ts'

const unbounded = 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'

/** Without a restriction a search is refused (recorded, F-JQL-07); with one, what it finds. */
function find(call: Call, jql: string, current: readonly string[] = []): readonly Issue[] {
  const found = findIssues(call, jql, current)
  if (!found.ok) return refuse(jiraError(400, [found.error.message]))
  if (!found.query.where) return refuse(jiraError(400, [unbounded]))
  const problems = found.problems.filter(
    ({ code }) => code === 'too-many-sorts' || call.switches.jqlUnknown === 'error',
  )
  return problems.length === 0
    ? found.issues
    : refuse(
        jiraError(
          400,
          problems.map(({ message }) => message),
        ),
      )
}

interface Search {
  readonly jql: string
  readonly maxResults: number
  readonly token: string | undefined
  readonly fields: readonly string[]
  readonly expand: readonly string[]
  readonly properties: readonly string[]
  /** Ids of issues that this search is to be up to date with. */
  readonly reconcile: readonly string[]
}

const mostReconciled = 50
const mostProperties = 5
const mostResults = 5000
/** With more than ids and keys a page is shorter, whatever was asked for (reported). */
const mostWithFields = 100

/**
 * A page of a search: no total, and the way to the next page as a token that holds for this query and this caller
 * (recorded, F-SRCH-01, 06). Names that are not there find nothing, in silence (recorded, F-JQL-20 to 27).
 */
function search(call: Call, asked: Search): Reply {
  const { jql, maxResults, token, fields, expand, properties, reconcile } = asked
  if (properties.length > mostProperties) {
    return jiraError(400, [`At most ${mostProperties} properties can be asked for.`])
  }
  if (reconcile.length > mostReconciled)
    return jiraError(400, [`At most ${mostReconciled} issues can be reconciled in a search.`])
  if (maxResults < 1 || maxResults > mostResults) {
    return jiraError(400, ['The max results parameter has to be between 1 and 5,000.'])
  }
  const issues = find(call, jql, reconcile)
  const subject = `${call.site.cloudId} ${call.caller.person?.accountId ?? ''} ${jql}`
  const start = token === undefined ? 0 : readCursor(token, subject)
  if (start === undefined) return jiraError(400, ['The provided next page token is invalid or expired.'])
  const light = fields.every((name) => name === 'id' || name === 'key')
  const end = start + Math.min(maxResults, light ? mostResults : mostWithFields)
  const selection = { ...selectFields(call, fields, expand), properties }
  const more = end < issues.length
  return ok({
    issues: issues.slice(start, end).map((issue) => issueView(call, issue, selection)),
    ...(more && { nextPageToken: writeCursor(end, subject) }),
    isLast: !more,
  })
}

const texts = (body: JsonObject, name: string): readonly string[] => {
  const given = body[name]
  if (given === undefined || given === null) return []
  if (typeof given === 'string') return given.split(',').map((one) => one.trim())
  return (asList(given) ?? refuseBinding()).filter((one) => typeof one === 'string')
}

function searchByBody(call: Call): Reply {
  const body = bodyOf(call)
  const { maxResults } = body
  const fields = texts(body, 'fields')
  return search(call, {
    jql: asText(body['jql']) ?? '',
    maxResults:
      maxResults === undefined || maxResults === null ? 50 : (asInteger(maxResults) ?? refuseBinding()),
    token: asText(body['nextPageToken']),
    fields: fields.length === 0 ? ['id'] : fields,
    expand: texts(body, 'expand'),
    properties: texts(body, 'properties'),
    reconcile: (asList(body['reconcileIssues']) ?? []).flatMap((id) => asId(id) ?? []),
  })
}

function searchByQuery(call: Call): Reply {
  const { query } = call
  const fields = query.list('fields')
  return search(call, {
    jql: query.text('jql') ?? '',
    maxResults: query.integer('maxResults', 50),
    token: query.text('nextPageToken'),
    fields: fields.length === 0 ? ['id'] : fields,
    expand: query.list('expand'),
    properties: query.list('properties'),
    reconcile: query.list('reconcileIssues'),
  })
}

export const searchHandlers: readonly Served[] = [
  serve(
    searchAndReconsileIssuesUsingJql,
    [
      ...(['jql', 'nextPageToken', 'maxResults', 'fields', 'expand', 'properties'] as const),
      ...(['fieldsByKeys', 'failFast', 'reconcileIssues'] as const),
    ],
    searchByQuery,
  ),
  serve(searchAndReconsileIssuesUsingJqlPost, [], searchByBody),
  serve(countIssues, [], (call) => ok({ count: find(call, asText(bodyOf(call)['jql']) ?? '').length })),
]
