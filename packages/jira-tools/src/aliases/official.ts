import type { ToolAlias } from '@telamon/tool-registry'

/** Names of the first version of the official server, and of its preview. Those of the second version are ours. */
export const officialAliases: readonly ToolAlias[] = [
  { name: 'getTransitionsForJiraIssue', tool: 'listJiraIssueTransitions' },
  { name: 'getVisibleJiraProjects', tool: 'listJiraProjects' },
  { name: 'addCommentToJiraIssue', tool: 'addOrEditJiraIssueComment' },
  { name: 'getJiraIssueRemoteIssueLinks', tool: 'listJiraIssueRemoteIssueLinks' },
  { name: 'getJiraProjectIssueTypesMetadata', tool: 'listJiraProjectIssueTypesMetadata' },
  { name: 'getIssueLinkTypes', tool: 'listJiraIssueLinkTypes' },
  { name: 'createIssueLink', tool: 'createJiraIssueLink' },
  { name: 'addWorklogToJiraIssue', tool: 'addOrEditJiraIssueWorklog' },
  { name: 'getIssueWorklog', tool: 'listJiraIssueWorklogs' },
  { name: 'findAssignableUsers', tool: 'listJiraIssueAssignableUsers' },
  { name: 'findJiraIssueAssignableUsers', tool: 'listJiraIssueAssignableUsers' },
]
