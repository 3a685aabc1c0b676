/** A name of another server, or one of ours as others fill it. */
export interface AliasRow {
  /** The name that another server uses. */
  readonly name: string
  readonly tool: string
  /** Arguments as that server takes them, all that have a meaning here. */
  readonly args: Readonly<Record<string, unknown>>
  /** The same as ours. */
  readonly input: Readonly<Record<string, unknown>>
}

const issue = { issue_key: 'ALPHA-7' }
const ours = { issueIdOrKey: 'ALPHA-7' }

/** Names of the first version of the official server and of its preview, of sooperset, and our own as others fill them. */
export const rows: readonly AliasRow[] = [
  {
    name: 'getTransitionsForJiraIssue',
    tool: 'listJiraIssueTransitions',
    args: {
      cloudId: 'x',
      ...ours,
      expand: 'transitions.fields',
      transitionId: '11',
      sortByOpsBarAndStatus: true,
    },
    input: { cloudId: 'x', ...ours },
  },
  {
    name: 'getVisibleJiraProjects',
    tool: 'listJiraProjects',
    args: { searchString: 'a', action: 'create', expandIssueTypes: true, startAt: 50, maxResults: 10 },
    input: { query: 'a', action: 'create', startAt: 50, maxResults: 10 },
  },
  {
    name: 'addCommentToJiraIssue',
    tool: 'addOrEditJiraIssueComment',
    args: {
      ...ours,
      commentBody: 'x',
      commentID: '7',
      commentVisibility: { type: 'group', value: 'a' },
      contentFormat: 'adf',
    },
    input: {
      ...ours,
      commentBody: 'x',
      commentId: '7',
      commentVisibility: { type: 'group', value: 'a' },
      contentFormat: 'adf',
    },
  },
  {
    name: 'jira_get_issue',
    tool: 'getJiraIssue',
    args: {
      ...issue,
      fields: 'summary,status',
      comment_limit: 3,
      expand: 'renderedFields',
      include: 'comments',
      update_history: true,
      properties: 'a',
      use_display_names: true,
    },
    input: { ...ours, fields: ['summary', 'status'], comments: 3 },
  },
  {
    name: 'jira_search',
    tool: 'searchJiraIssuesUsingJql',
    args: {
      jql: 'status = Done',
      fields: '*all',
      limit: 10,
      start_at: 0,
      projects_filter: 'ALPHA,WEB',
      page_token: 't',
      expand: 'x',
    },
    input: {
      jql: 'status = Done',
      fields: ['*all'],
      maxResults: 10,
      projects: ['ALPHA', 'WEB'],
      nextPageToken: 't',
    },
  },
  {
    name: 'jira_get_project_issues',
    tool: 'searchJiraIssuesUsingJql',
    args: { project_key: 'ALPHA', limit: 5, start_at: 0 },
    input: { jql: 'ORDER BY created DESC', projects: ['ALPHA'], maxResults: 5 },
  },
  {
    name: 'jira_create_issue',
    tool: 'createJiraIssue',
    args: {
      project_key: 'ALPHA',
      summary: 'x',
      issue_type: 'Bug',
      assignee: 'maya',
      description: 'y',
      components: 'Booking, Payments',
      additional_fields: '{"priority": {"name": "High"}}',
    },
    input: {
      projectKey: 'ALPHA',
      summary: 'x',
      issueType: 'Bug',
      assignee: 'maya',
      description: 'y',
      additionalFields: { priority: { name: 'High' }, components: ['Booking', 'Payments'] },
    },
  },
  {
    name: 'jira_update_issue',
    tool: 'editJiraIssue',
    args: { ...issue, fields: '{"summary": "x"}', components: 'Booking,Payments', return_fields: '*all' },
    input: { ...ours, fields: { summary: 'x', components: ['Booking', 'Payments'] } },
  },
  {
    name: 'jira_update_issue',
    tool: 'editJiraIssue',
    args: { ...issue, additional_fields: '{"labels": ["a"]}' },
    input: { ...ours, fields: { labels: ['a'] } },
  },
  {
    name: 'jira_assign_issue',
    tool: 'editJiraIssue',
    args: { ...issue, assignee: 'maya' },
    input: { ...ours, fields: { assignee: 'maya' } },
  },
  {
    name: 'jira_assign_issue',
    tool: 'editJiraIssue',
    args: issue,
    input: { ...ours, fields: { assignee: null } },
  },
  {
    name: 'jira_link_to_epic',
    tool: 'editJiraIssue',
    args: { ...issue, epic_key: 'ALPHA-1' },
    input: { ...ours, fields: { parent: 'ALPHA-1' } },
  },
  { name: 'jira_get_transitions', tool: 'listJiraIssueTransitions', args: issue, input: ours },
  {
    name: 'jira_transition_issue',
    tool: 'transitionJiraIssue',
    args: { ...issue, transition_id: 'Done', fields: '{"resolution": "Done"}', comment: 'x' },
    input: { ...ours, transitionId: 'Done', fields: { resolution: 'Done' }, comment: 'x' },
  },
  {
    name: 'jira_add_comment',
    tool: 'addOrEditJiraIssueComment',
    args: { ...issue, body: 'x', visibility: '{"type": "role", "value": "Administrators"}' },
    input: { ...ours, commentBody: 'x', commentVisibility: { type: 'role', value: 'Administrators' } },
  },
  {
    name: 'jira_edit_comment',
    tool: 'addOrEditJiraIssueComment',
    args: { ...issue, comment_id: '7', body: 'x', visibility: { type: 'group', value: 'a' } },
    input: { ...ours, commentId: '7', commentBody: 'x', commentVisibility: { type: 'group', value: 'a' } },
  },
  {
    name: 'jira_create_remote_issue_link',
    tool: 'createJiraIssueRemoteIssueLink',
    args: { ...issue, url: 'https://a.example', title: 't', summary: 's', relationship: 'r', icon_url: 'i' },
    input: { ...ours, url: 'https://a.example', title: 't', summary: 's', relationship: 'r' },
  },
  { name: 'jira_get_all_projects', tool: 'listJiraProjects', args: { include_archived: false }, input: {} },
  {
    name: 'jira_search_projects',
    tool: 'listJiraProjects',
    args: { query: 'a', max_results: 20, current_project_ids: '1' },
    input: { query: 'a', maxResults: 20 },
  },
  {
    name: 'getJiraIssue',
    tool: 'getJiraIssue',
    args: {
      ...ours,
      fields: ['summary'],
      expand: 'names',
      fieldsByKeys: false,
      updateHistory: false,
      failFast: true,
      properties: [],
      view: 'evidence',
      responseContentFormat: 'html',
      actionSource: 'model_tool_call',
      includeEditableFields: true,
    },
    input: {
      ...ours,
      fields: ['summary'],
      view: 'full',
      responseContentFormat: 'editable',
      includeEditableFields: true,
    },
  },
  {
    name: 'searchJiraIssuesUsingJql',
    tool: 'searchJiraIssuesUsingJql',
    args: {
      jql: 'project = ALPHA',
      searchResultMode: 'count',
      maxResults: 50,
      view: 'compact',
      responseContentFormat: 'markdown',
      actionSource: 'jira_mcp_card',
    },
    input: { jql: 'project = ALPHA', searchResultMode: 'count', maxResults: 50 },
  },
  {
    name: 'createJiraIssue',
    tool: 'createJiraIssue',
    args: {
      projectKey: 'ALPHA',
      issueTypeName: 'Bug',
      summary: 'x',
      assignee_account_id: '712020:1',
      parent: 'ALPHA-1',
      additional_fields: { labels: ['a'] },
      contentFormat: 'markdown',
    },
    input: {
      projectKey: 'ALPHA',
      issueType: 'Bug',
      summary: 'x',
      assignee: '712020:1',
      parent: 'ALPHA-1',
      additionalFields: { labels: ['a'] },
      contentFormat: 'markdown',
    },
  },
  {
    name: 'createJiraIssue',
    tool: 'createJiraIssue',
    args: { projectKey: 'ALPHA', issueType: 'Bug', summary: 'x', fields: { labels: ['a'] }, labels: 'b,c' },
    input: {
      projectKey: 'ALPHA',
      issueType: 'Bug',
      summary: 'x',
      additionalFields: { labels: ['a'] },
      labels: ['b', 'c'],
    },
  },
  {
    name: 'editJiraIssue',
    tool: 'editJiraIssue',
    args: { ...ours, fields: { summary: 'x' }, contentFormat: 'adf', responseContentFormat: 'adf' },
    input: { ...ours, fields: { summary: 'x' }, contentFormat: 'adf' },
  },
  {
    name: 'transitionJiraIssue',
    tool: 'transitionJiraIssue',
    args: { ...ours, transition: { id: '31' }, fields: {}, historyMetadata: {} },
    input: { ...ours, transitionId: '31', fields: {} },
  },
  {
    name: 'lookupJiraAccountId',
    tool: 'lookupJiraAccountId',
    args: { searchString: 'maya' },
    input: { query: 'maya' },
  },
  {
    name: 'createJiraIssueRemoteIssueLink',
    tool: 'createJiraIssueRemoteIssueLink',
    args: { ...ours, url: 'https://a.example', title: 't' },
    input: { ...ours, url: 'https://a.example', title: 't' },
  },
  {
    name: 'addOrEditJiraIssueComment',
    tool: 'addOrEditJiraIssueComment',
    args: { ...ours, commentBody: 'x', commentId: '7' },
    input: { ...ours, commentBody: 'x', commentId: '7' },
  },
]
