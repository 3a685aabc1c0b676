import type { ToolAlias } from '@telamon/tool-registry'

/** Names of the first version of the official server, and of its preview. Those of the second version are ours. */
export const officialAliases: readonly ToolAlias[] = [
  { name: 'getTransitionsForJiraIssue', tool: 'listJiraIssueTransitions' },
  { name: 'getVisibleJiraProjects', tool: 'listJiraProjects' },
  { name: 'addCommentToJiraIssue', tool: 'addOrEditJiraIssueComment' },
]
