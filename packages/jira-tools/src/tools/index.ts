import { addJiraIssueWatcher } from './add-jira-issue-watcher.ts'
import { addOrEditJiraIssueComment } from './add-or-edit-jira-issue-comment.ts'
import { addOrEditJiraIssueWorklog } from './add-or-edit-jira-issue-worklog.ts'
import { autocompleteJiraJql } from './autocomplete-jira-jql.ts'
import { bulkDeleteJiraIssues } from './bulk-delete-jira-issues.ts'
import { bulkTransitionJiraIssues } from './bulk-transition-jira-issues.ts'
import { bulkWatchJiraIssues } from './bulk-watch-jira-issues.ts'
import { copyJiraIssueAttachment } from './copy-jira-issue-attachment.ts'
import { createJiraIssueLink } from './create-jira-issue-link.ts'
import { createJiraIssueRemoteIssueLink } from './create-jira-issue-remote-issue-link.ts'
import { createJiraIssue } from './create-jira-issue.ts'
import { deleteJiraComment } from './delete-jira-comment.ts'
import { deleteJiraIssueAttachment } from './delete-jira-issue-attachment.ts'
import { deleteJiraIssueLink } from './delete-jira-issue-link.ts'
import { deleteJiraIssueRemoteIssueLink } from './delete-jira-issue-remote-issue-link.ts'
import { deleteJiraIssue } from './delete-jira-issue.ts'
import { deleteJiraWorklog } from './delete-jira-worklog.ts'
import { downloadJiraIssueAttachment } from './download-jira-issue-attachment.ts'
import { editJiraIssue } from './edit-jira-issue.ts'
import { getJiraBulkOperationProgress } from './get-jira-bulk-operation-progress.ts'
import { getJiraCurrentUser } from './get-jira-current-user.ts'
import { getJiraIssueAttachmentContent } from './get-jira-issue-attachment-content.ts'
import { getJiraIssueTypeMetaWithFields } from './get-jira-issue-type-meta-with-fields.ts'
import { getJiraIssue } from './get-jira-issue.ts'
import { getJiraProjectVersions } from './get-jira-project-versions.ts'
import { getJiraUser } from './get-jira-user.ts'
import { listJiraDashboards } from './list-jira-dashboards.ts'
import { listJiraFilters } from './list-jira-filters.ts'
import { listJiraIssueAssignableUsers } from './list-jira-issue-assignable-users.ts'
import { listJiraIssueAttachments } from './list-jira-issue-attachments.ts'
import { listJiraIssueChangelogs } from './list-jira-issue-changelogs.ts'
import { listJiraIssueComments } from './list-jira-issue-comments.ts'
import { listJiraIssueLinkTypes } from './list-jira-issue-link-types.ts'
import { listJiraIssueRemoteIssueLinks } from './list-jira-issue-remote-issue-links.ts'
import { listJiraIssueTransitions } from './list-jira-issue-transitions.ts'
import { listJiraIssueWatchers } from './list-jira-issue-watchers.ts'
import { listJiraIssueWorklogs } from './list-jira-issue-worklogs.ts'
import { listJiraProjectComponents } from './list-jira-project-components.ts'
import { listJiraProjectFields } from './list-jira-project-fields.ts'
import { listJiraProjectIssueTypesMetadata } from './list-jira-project-issue-types-metadata.ts'
import { listJiraProjects } from './list-jira-projects.ts'
import { listJiraStatuses } from './list-jira-statuses.ts'
import { lookupJiraAccountId } from './lookup-jira-account-id.ts'
import { removeJiraIssueWatcher } from './remove-jira-issue-watcher.ts'
import { searchJiraFields } from './search-jira-fields.ts'
import { searchJiraIssuesUsingJql } from './search-jira-issues-using-jql.ts'
import { transitionJiraIssue } from './transition-jira-issue.ts'
import { uploadAttachmentToJiraIssue } from './upload-attachment-to-jira-issue.ts'
import { validateJiraJql } from './validate-jira-jql.ts'
import { watchJiraIssue } from './watch-jira-issue.ts'

/** In the order in which clients list them. */
export const tools = [
  getJiraIssue,
  searchJiraIssuesUsingJql,
  createJiraIssue,
  editJiraIssue,
  transitionJiraIssue,
  listJiraIssueTransitions,
  listJiraStatuses,
  addOrEditJiraIssueComment,
  listJiraIssueComments,
  deleteJiraComment,
  listJiraIssueWorklogs,
  addOrEditJiraIssueWorklog,
  deleteJiraWorklog,
  listJiraIssueLinkTypes,
  createJiraIssueLink,
  deleteJiraIssueLink,
  listJiraIssueRemoteIssueLinks,
  createJiraIssueRemoteIssueLink,
  deleteJiraIssueRemoteIssueLink,
  watchJiraIssue,
  listJiraIssueWatchers,
  addJiraIssueWatcher,
  removeJiraIssueWatcher,
  listJiraIssueChangelogs,
  listJiraIssueAttachments,
  getJiraIssueAttachmentContent,
  downloadJiraIssueAttachment,
  uploadAttachmentToJiraIssue,
  copyJiraIssueAttachment,
  deleteJiraIssueAttachment,
  bulkTransitionJiraIssues,
  bulkWatchJiraIssues,
  bulkDeleteJiraIssues,
  getJiraBulkOperationProgress,
  deleteJiraIssue,
  validateJiraJql,
  autocompleteJiraJql,
  listJiraProjects,
  listJiraProjectIssueTypesMetadata,
  getJiraIssueTypeMetaWithFields,
  listJiraProjectFields,
  searchJiraFields,
  listJiraProjectComponents,
  getJiraProjectVersions,
  listJiraFilters,
  listJiraDashboards,
  lookupJiraAccountId,
  listJiraIssueAssignableUsers,
  getJiraCurrentUser,
  getJiraUser,
]
