import { addOrEditJiraIssueComment } from './add-or-edit-jira-issue-comment.ts'
import { createJiraIssueRemoteIssueLink } from './create-jira-issue-remote-issue-link.ts'
import { createJiraIssue } from './create-jira-issue.ts'
import { editJiraIssue } from './edit-jira-issue.ts'
import { getJiraIssue } from './get-jira-issue.ts'
import { listJiraIssueTransitions } from './list-jira-issue-transitions.ts'
import { listJiraProjects } from './list-jira-projects.ts'
import { lookupJiraAccountId } from './lookup-jira-account-id.ts'
import { searchJiraIssuesUsingJql } from './search-jira-issues-using-jql.ts'
import { transitionJiraIssue } from './transition-jira-issue.ts'

/** In the order in which clients list them. */
export const tools = [
  getJiraIssue,
  searchJiraIssuesUsingJql,
  createJiraIssue,
  editJiraIssue,
  transitionJiraIssue,
  listJiraIssueTransitions,
  addOrEditJiraIssueComment,
  createJiraIssueRemoteIssueLink,
  listJiraProjects,
  lookupJiraAccountId,
]
