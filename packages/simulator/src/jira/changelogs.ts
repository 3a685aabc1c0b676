import { getBulkChangelogs, getChangeLogs, getChangeLogsByIds } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { jiraError } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asId, asInteger, asList, asText } from '../http/value.ts'
import type { Change, Issue } from '../world/jira-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { issueOf, visibleIssue } from './find.ts'
import { changeView } from './history.ts'
import { pageBean, windowOf } from './page.ts'

/** Those of a list that are in the changelog, oldest first (documented; the name of the list as in an issue). */
function byIds(call: Call): Reply {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const ids = new Set(
    (asList(bodyOf(call)['changelogIds']) ?? refuseBinding()).map((id) => asId(id) ?? refuseBinding()),
  )
  const histories = issue.history.filter(({ id }) => ids.has(id)).map((change) => changeView(call, change))
  return ok({ startAt: 0, maxResults: histories.length, total: histories.length, histories })
}

const mostIssues = 1000
const mostFields = 10
const mostChanges = 10_000

/** The changes of several issues: by issue id, each with its changes from the oldest on, in pages by token (documented). */
function bulk(call: Call): Reply {
  const body = bodyOf(call)
  const names = asList(body['issueIdsOrKeys']) ?? refuseBinding()
  const fieldIds = asList(body['fieldIds']) ?? []
  const size = body['maxResults'] === undefined ? 1000 : (asInteger(body['maxResults']) ?? refuseBinding())
  if (names.length === 0 || names.length > mostIssues) {
    return jiraError(400, [`Between 1 and ${mostIssues} issues have to be named.`])
  }
  if (fieldIds.length > mostFields) return jiraError(400, [`At most ${mostFields} fields can be named.`])
  if (size < 1 || size > mostChanges) {
    return jiraError(400, [`maxResults has to be between 1 and ${mostChanges}.`])
  }
  const found = new Set<Issue>()
  for (const name of names) {
    const issue = visibleIssue(call, asId(name) ?? '')
    if (issue) found.add(issue)
  }
  const entries = [...found]
    .toSorted((one, other) => Number(one.id) - Number(other.id))
    .flatMap((issue) => issue.history.flatMap((change) => narrowed(issue, change, fieldIds)))
  const subject = `${call.site.cloudId} ${JSON.stringify([names, fieldIds])}`
  const token = asText(body['nextPageToken'])
  const start = token === undefined ? 0 : readCursor(token, subject)
  if (start === undefined) return jiraError(400, ['The provided next page token is invalid or expired.'])
  const page = entries.slice(start, start + size)
  const ids = [...new Set(page.map(({ issue }) => issue.id))]
  return ok({
    issueChangeLogs: ids.map((issueId) => ({
      issueId,
      changeHistories: page
        .filter(({ issue }) => issue.id === issueId)
        .map(({ change }) =>
          Object.assign(changeView(call, change), { created: new Date(change.created).toISOString() }),
        ),
    })),
    ...(start + size < entries.length && { nextPageToken: writeCursor(start + size, subject) }),
  })
}

/** A change with the items of the fields that are wanted, if there are any. */
function narrowed(
  issue: Issue,
  change: Change,
  fieldIds: readonly unknown[],
): readonly { readonly issue: Issue; readonly change: Change }[] {
  if (fieldIds.length === 0) return [{ issue, change }]
  const items = change.items.filter(({ field, fieldId }) => fieldIds.includes(fieldId ?? field))
  return items.length === 0 ? [] : [{ issue, change: { ...change, items } }]
}

export const changelogHandlers: readonly Served[] = [
  serve(getChangeLogs, ['startAt', 'maxResults'], (call) => {
    const { issue } = issueOf(call, call.path['issueIdOrKey'])
    const path = `/rest/api/3/issue/${issue.key}/changelog`
    const window = windowOf(call, 100)
    return ok(pageBean(call, issue.history, { path, window, view: (change) => changeView(call, change) }))
  }),
  serve(getChangeLogsByIds, [], byIds),
  serve(getBulkChangelogs, [], bulk),
]
