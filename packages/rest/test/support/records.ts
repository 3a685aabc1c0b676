import type { ItemOf, Operation, OperationSpec, PagedOperation } from '../../src/index.ts'

interface IssueData {
  readonly path: { readonly issueIdOrKey: string }
  readonly query?: { readonly fields?: readonly string[]; readonly updateHistory?: boolean }
  readonly body?: never
  readonly url: string
}

interface Issue {
  readonly id: string
  readonly key: string
}

const scopes = { classic: ['read:jira-work'], granular: ['read:issue:jira', 'read:user:jira'] }

export const getIssue: Operation<IssueData, Issue> = {
  id: 'getIssue',
  method: 'GET',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  scopes,
}

interface CreateData {
  readonly body: { readonly fields: Readonly<Record<string, unknown>> }
  readonly path?: never
  readonly query?: never
  readonly url: string
}

export const createIssue: Operation<CreateData, Issue> = {
  id: 'createIssue',
  method: 'POST',
  path: '/rest/api/3/issue',
  scopes: { classic: ['write:jira-work'] },
}

interface EditData {
  readonly path: { readonly issueIdOrKey: string }
  readonly body: Readonly<Record<string, unknown>>
  readonly url: string
}

export const editIssue: Operation<EditData, void> = {
  id: 'editIssue',
  method: 'PUT',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  res: 'empty',
  scopes: { classic: ['write:jira-work'] },
}

interface KeyData {
  readonly path: { readonly issueIdOrKey: string }
  readonly url: string
}

export const deleteIssue: Operation<KeyData, void> = {
  id: 'deleteIssue',
  method: 'DELETE',
  path: '/rest/api/3/issue/{issueIdOrKey}',
  res: 'empty',
  scopes: { classic: ['write:jira-work'] },
}

interface SearchBody {
  readonly body: { readonly jql: string; readonly maxResults?: number; readonly nextPageToken?: string }
  readonly url: string
}

interface SearchPage {
  readonly issues?: readonly Issue[]
  readonly nextPageToken?: string
  readonly isLast?: boolean
}

export const searchByPost: PagedOperation<SearchBody, SearchPage, ItemOf<SearchPage, 'issues'>> = {
  id: 'searchAndReconsileIssuesUsingJqlPost',
  method: 'POST',
  path: '/rest/api/3/search/jql',
  page: 'token',
  items: 'issues',
  read: true,
  scopes,
}

export const addAttachment: Operation<KeyData & { readonly body: unknown }, unknown> = {
  id: 'addAttachment',
  method: 'POST',
  path: '/rest/api/3/issue/{issueIdOrKey}/attachments',
  body: 'multipart',
  scopes: { classic: ['write:jira-work'] },
}

export const getAttachmentContent: Operation<
  { readonly path: { readonly id: string }; readonly url: string },
  unknown
> = {
  id: 'getAttachmentContent',
  method: 'GET',
  path: '/rest/api/3/attachment/content/{id}',
  res: 'binary',
  scopes,
}

export const serverInfo: Operation<{ readonly url: string }, { readonly baseUrl?: string }> = {
  id: 'getServerInfo',
  method: 'GET',
  path: '/rest/api/3/serverInfo',
  scopes: {},
}

/** A record made for one test. */
export const record = (members: Partial<OperationSpec>): Operation<unknown, unknown> => ({
  id: 'getThing',
  method: 'GET',
  path: '/rest/api/3/thing',
  scopes: {},
  ...members,
})

/** A paged record made for one test. */
export const paged = (
  members: Partial<OperationSpec> & Pick<PagedOperation<unknown, unknown, unknown>, 'page'>,
): PagedOperation<unknown, unknown, unknown> => ({
  id: 'listThings',
  method: 'GET',
  path: '/rest/api/3/things',
  items: 'values',
  scopes: {},
  ...members,
})
