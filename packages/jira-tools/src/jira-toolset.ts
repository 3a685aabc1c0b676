import { toolset } from '@telamon/tool-registry'
import type { Toolset } from '@telamon/tool-registry'

import { aliases } from './aliases/index.ts'
import type { JiraServices } from './define.ts'
import { tools } from './tools/index.ts'

/** What agents can do in Jira. */
export const jiraToolset: Toolset<JiraServices> = toolset({
  id: 'jira',
  title: 'Jira',
  description: 'Issues: find, read, create, change, move, comment, link.',
  tools,
  primary: [
    'getJiraIssue',
    'searchJiraIssuesUsingJql',
    'createJiraIssue',
    'editJiraIssue',
    'transitionJiraIssue',
    'addOrEditJiraIssueComment',
  ],
  aliases,
})
