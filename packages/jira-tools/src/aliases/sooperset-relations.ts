import type { ToolAlias } from '@telamon/tool-registry'

const issue = { issue_key: 'issueIdOrKey' } as const
const paging = { limit: 'maxResults' } as const
const project = { project_key: 'projectKey' } as const

/** Names of sooperset/mcp-atlassian for what surrounds an issue: links, people, time, files, metadata. */
export const soopersetRelations: readonly ToolAlias[] = [
  { name: 'jira_delete_issue', tool: 'deleteJiraIssue', move: issue },
  { name: 'jira_get_worklog', tool: 'listJiraIssueWorklogs', move: issue },
  {
    name: 'jira_add_worklog',
    tool: 'addOrEditJiraIssueWorklog',
    move: { ...issue, time_spent: 'timeSpent' },
  },
  { name: 'jira_get_link_types', tool: 'listJiraIssueLinkTypes', move: { name_filter: 'query' } },
  {
    name: 'jira_create_issue_link',
    tool: 'createJiraIssueLink',
    move: { link_type: 'linkType', inward_issue_key: 'inwardIssue', outward_issue_key: 'outwardIssue' },
  },
  { name: 'jira_remove_issue_link', tool: 'deleteJiraIssueLink', move: { link_id: 'linkId' } },
  { name: 'jira_get_issue_watchers', tool: 'listJiraIssueWatchers', move: issue },
  { name: 'jira_add_watcher', tool: 'addJiraIssueWatcher', move: { ...issue, user_identifier: 'person' } },
  {
    name: 'jira_remove_watcher',
    tool: 'removeJiraIssueWatcher',
    move: { ...issue, username: 'person', account_id: 'person' },
  },
  {
    name: 'jira_search_assignable_users',
    tool: 'listJiraIssueAssignableUsers',
    move: { ...issue, ...project, ...paging },
  },
  { name: 'jira_get_user_profile', tool: 'getJiraUser', move: { user_identifier: 'person' } },
  {
    name: 'jira_search_fields',
    tool: 'searchJiraFields',
    move: { keyword: 'query', ...paging },
    ignore: ['refresh'],
  },
  { name: 'jira_get_project_fields', tool: 'listJiraProjectFields', move: project },
  { name: 'jira_get_project_issue_types', tool: 'listJiraProjectIssueTypesMetadata', move: project },
  {
    name: 'jira_get_create_fields',
    tool: 'getJiraIssueTypeMetaWithFields',
    move: { ...project, issue_type: 'issueType', issue_type_id: 'issueType' },
  },
  { name: 'jira_get_project_components', tool: 'listJiraProjectComponents', move: project },
  { name: 'jira_get_project_versions', tool: 'getJiraProjectVersions', move: project },
]
