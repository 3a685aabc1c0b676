import type { ToolAlias } from '@telamon/tool-registry'

const issue = { issue_key: 'issueIdOrKey' } as const
const paging = { limit: 'maxResults' } as const

/**
 * Names of sooperset/mcp-atlassian. An argument that would change what is written or found, and has no meaning here, is
 * not ignored: the call is refused, and says what there is.
 */
export const soopersetAliases: readonly ToolAlias[] = [
  {
    name: 'jira_get_issue',
    tool: 'getJiraIssue',
    move: { ...issue, comment_limit: 'comments' },
    ignore: ['expand', 'properties', 'update_history', 'include', 'use_display_names'],
  },
  {
    name: 'jira_search',
    tool: 'searchJiraIssuesUsingJql',
    move: { ...paging, page_token: 'nextPageToken', projects_filter: 'projects' },
    ignore: ['start_at', 'expand', 'use_display_names'],
  },
  {
    name: 'jira_get_project_issues',
    tool: 'searchJiraIssuesUsingJql',
    move: { ...paging, project_key: 'projects' },
    preset: { jql: 'ORDER BY created DESC' },
    ignore: ['start_at'],
  },
  {
    name: 'jira_create_issue',
    tool: 'createJiraIssue',
    move: {
      project_key: 'projectKey',
      issue_type: 'issueType',
      additional_fields: 'additionalFields',
    },
    parse: ['additionalFields'],
    split: ['components'],
  },
  {
    name: 'jira_update_issue',
    tool: 'editJiraIssue',
    move: { ...issue, components: 'componentNames' },
    parse: ['fields', 'additional_fields'],
    split: ['componentNames'],
    ignore: ['return_fields'],
  },
  {
    name: 'jira_assign_issue',
    tool: 'editJiraIssue',
    move: { ...issue, assignee: 'fields.assignee' },
    preset: { 'fields.assignee': null },
  },
  {
    name: 'jira_link_to_epic',
    tool: 'editJiraIssue',
    move: { ...issue, epic_key: 'fields.parent' },
  },
  { name: 'jira_get_transitions', tool: 'listJiraIssueTransitions', move: issue },
  {
    name: 'jira_transition_issue',
    tool: 'transitionJiraIssue',
    move: { ...issue, transition_id: 'transitionId' },
    parse: ['fields'],
  },
  {
    name: 'jira_add_comment',
    tool: 'addOrEditJiraIssueComment',
    move: { ...issue, body: 'commentBody', visibility: 'commentVisibility' },
    parse: ['commentVisibility'],
  },
  {
    name: 'jira_edit_comment',
    tool: 'addOrEditJiraIssueComment',
    move: { ...issue, comment_id: 'commentId', body: 'commentBody', visibility: 'commentVisibility' },
    parse: ['commentVisibility'],
  },
  {
    name: 'jira_create_remote_issue_link',
    tool: 'createJiraIssueRemoteIssueLink',
    move: issue,
    ignore: ['icon_url'],
  },
  { name: 'jira_get_all_projects', tool: 'listJiraProjects', ignore: ['include_archived'] },
  {
    name: 'jira_search_projects',
    tool: 'listJiraProjects',
    move: { max_results: 'maxResults' },
    ignore: ['current_project_ids'],
  },
]
