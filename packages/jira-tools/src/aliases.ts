import type { ToolAlias } from '@telamon/tool-registry'

/** Names by which other servers offer the same, with the way their arguments are written. */
export const aliases: readonly ToolAlias[] = [
  { name: 'getVisibleJiraProjects', tool: 'listJiraProjects' },
  { name: 'getTransitionsForJiraIssue', tool: 'listJiraIssueTransitions' },
  { name: 'addCommentToJiraIssue', tool: 'addOrEditJiraIssueComment' },
]
