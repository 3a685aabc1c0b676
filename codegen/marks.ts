/** What the documents do not say about operations, kept by hand under the documents' own ids. */

import type { DocumentName } from './documents.ts'

export interface Marks {
  /** POSTs that only read, and so may be repeated. That all scopes begin with `read` is only a hint of it. */
  readonly reads: readonly string[]
  /** Answers that are bytes. The documents claim JSON for some, and only a redirect for others. */
  readonly binary: readonly string[]
  /**
   * The member that holds the items, where the answer has several lists; `a|b` for either of two; `false` when it is no
   * page after all.
   */
  readonly items: Readonly<Record<string, string | false>>
}

export const marks: Readonly<Record<DocumentName, Marks>> = {
  'jira-platform-v3': {
    reads: [
      'analyseExpression',
      'bulkFetchIssues',
      'countIssues',
      'evaluateJiraExpression',
      'evaluateJSISJiraExpression',
      'getAutoCompletePost',
      'getBulkChangelogs',
      'getBulkPermissions',
      'getChangeLogsByIds',
      'getCommentsByIds',
      'getCustomFieldContextsForProjectsAndIssueTypes',
      'getIsWatchingIssueBulk',
      'getPermittedProjects',
      'getRequiredWorkflowSchemeMappings',
      'getWorklogsForIds',
      'listWorkflowHistory',
      'matchIssues',
      'migrateQueries',
      'parseJqlQueries',
      'readWorkflowFromHistory',
      'readWorkflowPreviews',
      'readWorkflowSchemes',
      'readWorkflows',
      'sanitiseJqlQueries',
      'searchAndReconsileIssuesUsingJqlPost',
      'searchForIssuesUsingJqlPost',
      'suggestedPrioritiesForMappings',
      'validateCreateWorkflows',
      'validateUpdateWorkflows',
      // For apps only.
      'getCustomFieldsConfigurations',
      'MigrationResource.workflowRuleSearch_post',
    ],
    binary: [
      'getAttachmentContent',
      'getAttachmentThumbnail',
      'getAvatarImageByID',
      'getAvatarImageByOwner',
      'getAvatarImageByType',
    ],
    items: {
      getAllDashboards: 'dashboards',
      getBulkChangelogs: 'issueChangeLogs',
      getComments: 'comments',
      getCreateIssueMetaIssueTypeId: 'fields|results',
      getCreateIssueMetaIssueTypes: 'issueTypes|createMetaIssueType',
      getIssueWorklog: 'worklogs',
    },
  },
  'jira-software': { reads: [], binary: [], items: {} },
  'jira-service-management': {
    reads: ['checkRequestTypePermissions'],
    binary: ['getAttachmentContent', 'getAttachmentThumbnail'],
    items: {},
  },
  'confluence-v2': {
    reads: ['checkAccessByEmail', 'convertContentIdsToContentTypes', 'createBulkUserLookup'],
    binary: ['getAttachmentThumbnailById'],
    items: {},
  },
  'confluence-v1': {
    reads: ['asyncConvertContentBodyRequest', 'bulkAsyncConvertContentBodyRequest', 'checkContentPermission'],
    binary: ['downloadAttatchment', 'exportAuditRecords'],
    // Its `start` and `limit` reach into two lists at once, of people and of groups.
    items: { getRestrictionsForOperation: false },
  },
}
