import type { AliasRow } from './alias-rows.ts'

const issue = { issue_key: 'ALPHA-7' }
const ours = { issueIdOrKey: 'ALPHA-7' }

/** Names of other servers for what surrounds an issue. */
export const relationRows: readonly AliasRow[] = [
  {
    name: 'getJiraIssueRemoteIssueLinks',
    tool: 'listJiraIssueRemoteIssueLinks',
    args: { ...ours, globalId: 'g' },
    input: { ...ours, globalId: 'g' },
  },
  {
    name: 'getJiraProjectIssueTypesMetadata',
    tool: 'listJiraProjectIssueTypesMetadata',
    args: { projectIdOrKey: 'A', maxResults: 5 },
    input: { projectKey: 'A' },
  },
  {
    name: 'getIssueLinkTypes',
    tool: 'listJiraIssueLinkTypes',
    args: { cloudId: 'x' },
    input: { cloudId: 'x' },
  },
  {
    name: 'createIssueLink',
    tool: 'createJiraIssueLink',
    args: { type: 'Blocks', inwardIssue: 'ALPHA-1', outwardIssue: 'ALPHA-2', comment: 'x' },
    input: { linkType: 'Blocks', inwardIssue: 'ALPHA-1', outwardIssue: 'ALPHA-2', comment: 'x' },
  },
  {
    name: 'addWorklogToJiraIssue',
    tool: 'addOrEditJiraIssueWorklog',
    args: { ...ours, timeSpent: '1h', commentBody: 'x', worklogId: '7' },
    input: { ...ours, timeSpent: '1h', comment: 'x', worklogId: '7' },
  },
  { name: 'getIssueWorklog', tool: 'listJiraIssueWorklogs', args: ours, input: ours },
  {
    name: 'findAssignableUsers',
    tool: 'listJiraIssueAssignableUsers',
    args: { ...ours, query: 'a' },
    input: { ...ours, query: 'a' },
  },
  {
    name: 'findJiraIssueAssignableUsers',
    tool: 'listJiraIssueAssignableUsers',
    args: { ...ours, query: 'a' },
    input: { ...ours, query: 'a' },
  },
  { name: 'jira_delete_issue', tool: 'deleteJiraIssue', args: issue, input: ours },
  { name: 'jira_get_worklog', tool: 'listJiraIssueWorklogs', args: issue, input: ours },
  {
    name: 'jira_add_worklog',
    tool: 'addOrEditJiraIssueWorklog',
    args: { ...issue, time_spent: '1h', comment: 'x' },
    input: { ...ours, timeSpent: '1h', comment: 'x' },
  },
  {
    name: 'jira_get_link_types',
    tool: 'listJiraIssueLinkTypes',
    args: { name_filter: 'b' },
    input: { query: 'b' },
  },
  {
    name: 'jira_create_issue_link',
    tool: 'createJiraIssueLink',
    args: { link_type: 'Blocks', inward_issue_key: 'ALPHA-1', outward_issue_key: 'ALPHA-2' },
    input: { linkType: 'Blocks', inwardIssue: 'ALPHA-1', outwardIssue: 'ALPHA-2' },
  },
  {
    name: 'jira_remove_issue_link',
    tool: 'deleteJiraIssueLink',
    args: { link_id: '7' },
    input: { linkId: '7' },
  },
  { name: 'jira_get_issue_watchers', tool: 'listJiraIssueWatchers', args: issue, input: ours },
  {
    name: 'jira_add_watcher',
    tool: 'addJiraIssueWatcher',
    args: { ...issue, user_identifier: 'sam' },
    input: { ...ours, person: 'sam' },
  },
  {
    name: 'jira_remove_watcher',
    tool: 'removeJiraIssueWatcher',
    args: { ...issue, account_id: '712020:1' },
    input: { ...ours, person: '712020:1' },
  },
  {
    name: 'jira_search_assignable_users',
    tool: 'listJiraIssueAssignableUsers',
    args: { project_key: 'A', query: 'a', limit: 5 },
    input: { projectKey: 'A', query: 'a', maxResults: 5 },
  },
  {
    name: 'jira_get_user_profile',
    tool: 'getJiraUser',
    args: { user_identifier: 'me' },
    input: { person: 'me' },
  },
  {
    name: 'jira_search_fields',
    tool: 'searchJiraFields',
    args: { keyword: 'points', limit: 5, refresh: true },
    input: { query: 'points', maxResults: 5 },
  },
  {
    name: 'jira_get_project_fields',
    tool: 'listJiraProjectFields',
    args: { project_key: 'A' },
    input: { projectKey: 'A' },
  },
  {
    name: 'jira_get_project_issue_types',
    tool: 'listJiraProjectIssueTypesMetadata',
    args: { project_key: 'A' },
    input: { projectKey: 'A' },
  },
  {
    name: 'jira_get_create_fields',
    tool: 'getJiraIssueTypeMetaWithFields',
    args: { project_key: 'A', issue_type: 'Bug' },
    input: { projectKey: 'A', issueType: 'Bug' },
  },
  {
    name: 'jira_get_project_components',
    tool: 'listJiraProjectComponents',
    args: { project_key: 'A' },
    input: { projectKey: 'A' },
  },
  {
    name: 'jira_get_project_versions',
    tool: 'getJiraProjectVersions',
    args: { project_key: 'A' },
    input: { projectKey: 'A' },
  },
]
