import {
  getIssueNavigatorDefaultColumns,
  getUserDefaultColumns,
  resetUserColumns,
  setIssueNavigatorDefaultColumns,
  setUserColumns,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse } from '../http/reply.ts'
import { asList, asText } from '../http/value.ts'
import { administersJira } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { fieldsOf } from './fields/table.ts'
import { administer, signedIn } from './rights.ts'
import { personalOf } from './sharing.ts'

/** What lists of issues show when nobody has said otherwise (inferred). */
const usual: readonly string[] =
  'issuetype issuekey summary assignee reporter priority status resolution created updated duedate'.split(' ')

/** A column of a list: its name, and the id of its field (documented). */
export function columnView({ site }: Pick<Call, 'site'>, id: string): Record<string, unknown> {
  return { label: fieldsOf(site).get(id)?.name ?? id, value: id }
}

/** The ids of a form or a body; each has to be a field that lists can show. */
export function readColumns(call: Call): readonly string[] {
  const { body } = call
  const single = body.kind === 'form' ? body.form.fields.get('columns') : undefined
  const given =
    body.kind === 'form'
      ? single === undefined
        ? []
        : single.split(',')
      : (asList(bodyOf(call)['columns']) ?? refuseBinding())
  const ids = given.map((id) => asText(id) ?? refuseBinding())
  const unknown = ids.filter((id) => fieldsOf(call.site).get(id)?.navigable !== true)
  if (unknown.length > 0) {
    return refuse(jiraError(400, [`These columns are not known: ${unknown.join(', ')}.`]))
  }
  return ids
}

/** The account whose columns are meant: the caller's, or for administrators another one (documented). */
function ownerOf(call: Call): string {
  const { accountId } = signedIn(call)
  const wanted = call.query.text('accountId') ?? accountId
  if (wanted !== accountId && !administersJira(call.caller, call.site)) {
    return refuse(jiraError(403, ['You do not have permission to see or change the columns of others.']))
  }
  return call.site.members.has(wanted) ? wanted : refuse(jiraError(404, ['The user does not exist.']))
}

export const columnHandlers: readonly Served[] = [
  serve(getIssueNavigatorDefaultColumns, [], (call) => {
    administer(call)
    return ok((call.site.jira.defaults.columns ?? usual).map((id) => columnView(call, id)))
  }),
  serve(setIssueNavigatorDefaultColumns, [], (call) => {
    administer(call)
    call.site.jira.defaults.columns = readColumns(call)
    return { status: 200 }
  }),
  serve(getUserDefaultColumns, ['accountId'], (call) => {
    const own = personalOf(call.site, ownerOf(call)).columns
    return ok((own ?? call.site.jira.defaults.columns ?? usual).map((id) => columnView(call, id)))
  }),
  serve(setUserColumns, ['accountId'], (call) => {
    personalOf(call.site, ownerOf(call)).columns = readColumns(call)
    return { status: 200 }
  }),
  serve(resetUserColumns, ['accountId'], (call) => {
    personalOf(call.site, ownerOf(call)).columns = null
    return empty()
  }),
]
