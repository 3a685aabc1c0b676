import {
  getAutoComplete,
  getAutoCompletePost,
  getFieldAutoCompleteForQueryString,
  matchIssues,
  migrateQueries,
  sanitiseJqlQueries,
} from '@telamon/jira/operations'
import { type FieldDef, type FunctionDef, jqlReservedWords, operatorsOf, parseJql } from '@telamon/query'

import { type Call, type Caller, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { jqlFields } from '../query/jql-fields.ts'
import { jqlFunctions } from '../query/jql-functions.ts'
import { sanitise } from '../query/jql-sanitise.ts'
import { findIssues } from '../query/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { inForm } from './error-forms.ts'
import { visibleIssue } from './find.ts'
import { highlighted } from './highlight.ts'
import { administer, signedIn } from './rights.ts'
import { usersOf } from './users.ts'

type Field = FieldDef<Issue>

/** The service's names of the kinds of values (documented in part). */
const javaTypes: Readonly<Record<Field['type'], string>> = {
  text: 'java.lang.String',
  option: 'java.lang.String',
  ordered: 'java.lang.String',
  date: 'java.util.Date',
  datetime: 'java.util.Date',
  number: 'java.lang.Number',
  duration: 'java.lang.Number',
  query: 'com.atlassian.jira.issue.search.SearchRequest',
}

const people = new Set(['assignee', 'reporter', 'creator', 'watcher', 'voter', 'worklogAuthor'])

/** The functions that every query language of ours has. */
const dates =
  'currentUser now startOfDay endOfDay startOfWeek endOfWeek startOfMonth endOfMonth startOfYear endOfYear'

function fieldReference(field: Field): Record<string, unknown> {
  const { name, customId, type, values } = field
  return {
    value: customId === undefined ? name : `"${name}"`,
    displayName: customId === undefined ? name : `${name} - cf[${customId}]`,
    orderable: 'true',
    searchable: 'true',
    ...((values !== undefined || people.has(name)) && { auto: 'true' }),
    ...(customId !== undefined && { cfid: `cf[${customId}]` }),
    operators: operatorsOf(field),
    types: [javaTypes[type]],
  }
}

const functionReference = ({ name, list = false }: Pick<FunctionDef, 'name' | 'list'>): unknown => ({
  value: `${name}()`,
  displayName: `${name}()`,
  ...(list && { isList: 'true' }),
  types: ['java.lang.String'],
})

/** What an editor of queries needs to know. Its truths are texts (documented). */
function reference(call: Call): Record<string, unknown> {
  const functions = [...dates.split(' ').map((name) => ({ name })), ...jqlFunctions(call)]
  return {
    visibleFieldNames: jqlFields(call).map(fieldReference),
    visibleFunctionNames: functions.map(functionReference),
    jqlReservedWords,
  }
}

const suggestedAtMost = 15

/** Values of a field that contain what was typed (documented). People are suggested by name, and named by account id. */
function suggest(call: Call): Reply {
  signedIn(call)
  const { query } = call
  const name = query.text('fieldName')?.replaceAll('"', '') ?? ''
  const words = (query.text('predicateValue') ?? query.text('fieldValue') ?? '').toLowerCase()
  if (name === '') return ok({ results: [] })
  const field = jqlFields(call).find(({ name: known, aliases = [], customId }) =>
    [known, ...aliases, `cf[${customId ?? ''}]`].some((each) => each.toLowerCase() === name.toLowerCase()),
  )
  if (!field) {
    return jiraError(400, [`Field '${name}' does not exist or you do not have permission to view it.`])
  }
  const named =
    people.has(field.name) || query.text('predicateName') === 'by'
      ? usersOf(call).map(({ accountId, displayName }) => ({ value: accountId, text: displayName }))
      : (field.values ?? []).map((value) => ({ value, text: value }))
  const found = named.filter(({ text }) => text.toLowerCase().includes(words)).slice(0, suggestedAtMost)
  return ok({
    results: found.map(({ value, text }) => ({
      value: /^[\w.-]+$/.test(value) ? value : `"${value}"`,
      displayName: highlighted(text, words),
    })),
  })
}

/** Which of some issues each query finds (documented). */
function match(call: Call): Reply {
  const body = bodyOf(call)
  const ids = (asList(body['issueIds']) ?? refuseBinding()).map((id) => asId(id) ?? refuseBinding())
  const queries = (asList(body['jqls']) ?? refuseBinding()).map((text) => asText(text) ?? refuseBinding())
  const issues = ids.flatMap((id) => visibleIssue(call, id) ?? [])
  return ok({
    matches: queries.map((text) => {
      const found = findIssues(call, text)
      if (!found.ok) return { matchedIssues: [], errors: [found.error.message] }
      const all = new Set(found.issues)
      return {
        matchedIssues: issues.filter((issue) => all.has(issue)).map(({ id }) => Number(id)),
        errors: [],
      }
    }),
  })
}

/** A query as somebody else may see it. */
function sanitiseOne(call: Call, one: unknown): Record<string, unknown> {
  const { query, accountId } = asObject(one) ?? refuseBinding()
  const text = asText(query) ?? refuseBinding()
  const person = call.world.people.get(asText(accountId) ?? '')
  const caller: Caller = { person, via: person ? 'basic' : 'anonymous' }
  const [error] = parseJql(text).errors
  return {
    initialQuery: text,
    ...(error
      ? { errors: { errorMessages: [error.message], errors: {} } }
      : { sanitizedQuery: sanitise({ ...call, caller }, text) }),
    ...(person && { accountId: person.accountId }),
  }
}

/** Names that the person cannot see become numbers (documented). */
function sanitiseAll(call: Call): Reply {
  administer(call)
  const queries = asList(bodyOf(call)['queries']) ?? refuseBinding()
  return ok({ queries: queries.map((one) => sanitiseOne(call, one)) })
}

/**
 * Queries with names of people from before 2019 get account ids in their place (documented). Nobody here has such a
 * name: people are known by their display names and handles.
 */
function migrate(call: Call): Reply {
  signedIn(call)
  const queries = (asList(bodyOf(call)['queryStrings']) ?? refuseBinding()).map(
    (text) => asText(text) ?? refuseBinding(),
  )
  const byHandle = new Map(usersOf(call).map(({ handle, accountId }) => [handle, accountId]))
  const converted = queries.map((text) =>
    text.replaceAll(
      /\b((?:assignee|reporter|creator|watcher|voter)\s*!?=\s*)([\w-]+)(?![\w(:-])/gi,
      (whole, clause: string, name: string) => {
        const accountId = byHandle.get(name)
        return accountId === undefined ? whole : `${clause}"${accountId}"`
      },
    ),
  )
  return ok({ queryStrings: converted, queriesWithUnknownUsers: [] })
}

export const jqlToolHandlers: readonly Served[] = [
  serve(getAutoComplete, [], (call) => ok(reference(call))),
  serve(getAutoCompletePost, [], (call) => {
    bodyOf(call)
    return ok(reference(call))
  }),
  serve(
    getFieldAutoCompleteForQueryString,
    ['fieldName', 'fieldValue', 'predicateName', 'predicateValue'],
    suggest,
  ),
  serve(matchIssues, [], match),
  serve(sanitiseJqlQueries, [], sanitiseAll),
  inForm(serve(migrateQueries, [], migrate), 'text'),
]
