/** Where recorded answers of the real service contradict the documents. */

import { type Correction, all } from './corrections.ts'
import { addProperty, addValues, alwaysThere, nullable, optionalAnswersNullable } from './kinds/schemas.ts'

const text = { type: 'string' }

export const errata: readonly Correction[] = [
  {
    id: 'untranslated-name',
    document: 'jira-platform-v3',
    reason: 'Fields and issue types carry `untranslatedName`, which the closed schemas lack.',
    source: 'recorded: GET field, GET issuetype, create metadata',
    apply: addProperty(
      ['FieldDetails', 'IssueTypeDetails', 'IssueTypeIssueCreateMetadata'],
      'untranslatedName',
      text,
    ),
  },
  {
    id: 'project-entity-id',
    document: 'jira-platform-v3',
    reason: 'Projects carry `entityId` beside `uuid`.',
    source: 'recorded: project inside components',
    apply: addProperty(['Project'], 'entityId', { type: 'string', format: 'uuid' }),
  },
  {
    id: 'change-from-nothing',
    document: 'jira-platform-v3',
    reason: 'A change from nothing or to nothing has null on that side.',
    source: 'recorded: changelogs of two sites',
    apply: nullable('ChangeDetails', ['from', 'fromString', 'to', 'toString']),
  },
  {
    id: 'server-info-members',
    document: 'jira-platform-v3',
    reason: '`serverInfo` carries a help-seeker address and the default locale as an object.',
    source: 'recorded: GET serverInfo',
    apply: all(
      addProperty(['ServerInformation'], 'displayUrlCSMHelpSeeker', text),
      addProperty(['ServerInformation'], 'defaultLocale', { type: 'object', properties: { locale: text } }),
    ),
  },
  {
    id: 'jira-always-there',
    document: 'jira-platform-v3',
    reason: 'Nothing is required in these schemas, though every answer has these members.',
    source:
      'recorded: issues, comments, changelogs, created issues, issue types, fields and transitions of three sites',
    apply: all(
      alwaysThere(['IssueBean', 'CreatedIssue'], ['id', 'key', 'self']),
      alwaysThere(['Comment'], ['id', 'self', 'created', 'updated']),
      alwaysThere(['Worklog'], ['id', 'self', 'created', 'updated']),
      alwaysThere(['PageOfComments'], ['comments', 'maxResults', 'startAt', 'total']),
      alwaysThere(['PageOfWorklogs'], ['worklogs', 'maxResults', 'startAt', 'total']),
      alwaysThere(['Changelog'], ['id', 'created', 'items']),
      alwaysThere(['IssueTypeDetails'], ['id', 'name', 'self', 'subtask']),
      alwaysThere(['FieldDetails'], ['id', 'key', 'name', 'custom', 'navigable', 'orderable', 'searchable']),
      alwaysThere(['IssueTransition'], ['id', 'name']),
      alwaysThere(['StatusDetails'], ['id', 'name', 'self']),
      alwaysThere(['User'], ['accountId', 'displayName', 'active', 'self']),
      alwaysThere(['UserDetails'], ['accountId', 'displayName', 'active', 'self']),
      alwaysThere(['Project'], ['id', 'key', 'name', 'self']),
      alwaysThere(['Watchers'], ['isWatching', 'watchCount', 'self']),
      alwaysThere(['ServerInformation'], ['baseUrl', 'deploymentType', 'version']),
      alwaysThere(['SearchAndReconcileResults'], ['issues']),
    ),
  },
  {
    id: 'agile-always-there',
    document: 'jira-software',
    reason: 'Nothing is required of issues and boards, though every answer has these members.',
    source: 'recorded: issues of an epic; documented: the examples of boards',
    apply: alwaysThere(['IssueBean'], ['id', 'key', 'self']),
  },
  {
    id: 'confluence-always-there',
    document: 'confluence-v2',
    reason: 'Nothing is required in these schemas, though every answer has these members.',
    source:
      'recorded: pages, blog posts, comments, attachments, spaces and properties, single and in lists; inferred for other ' +
      'types of content, tasks and people, which are nothing without these',
    apply: all(
      alwaysThere(
        ['PageSingle', 'PageBulk', 'BlogPostSingle', 'BlogPostBulk'],
        ['id', 'status', 'title', 'spaceId', 'authorId', 'createdAt', 'version', '_links'],
      ),
      alwaysThere(
        ['SpaceSingle', 'SpaceBulk'],
        ['id', 'key', 'name', 'type', 'status', 'createdAt', '_links'],
      ),
      alwaysThere(
        ['FooterCommentModel', 'InlineCommentModel', 'PageCommentModel', 'PageInlineCommentModel'],
        ['id', 'status', 'title', 'version', '_links'],
      ),
      alwaysThere(
        [
          'BlogPostCommentModel',
          'BlogPostInlineCommentModel',
          'ChildrenCommentModel',
          'InlineCommentChildrenModel',
        ],
        ['id', 'status', 'title', 'version', '_links'],
      ),
      alwaysThere(
        ['AttachmentSingle', 'AttachmentBulk'],
        ['id', 'status', 'title', 'createdAt', 'mediaType', 'fileId', 'fileSize', 'downloadLink', 'version'],
      ),
      alwaysThere(
        [
          'Version',
          'PageVersion',
          'BlogPostVersion',
          'AttachmentVersion',
          'CommentVersion',
          'CustomContentVersion',
        ],
        ['number', 'createdAt', 'authorId'],
      ),
      alwaysThere(
        ['WhiteboardSingle', 'DatabaseSingle', 'FolderSingle', 'SmartLinkSingle'],
        ['id', 'type', 'status', 'title'],
      ),
      alwaysThere(['Task'], ['id', 'status']),
      alwaysThere(['User'], ['accountId']),
      alwaysThere(['ChildrenResponse', 'DescendantsResponse'], ['id', 'status', 'title', 'type']),
      alwaysThere(['Ancestor'], ['id', 'type']),
      alwaysThere(['ContentProperty'], ['id', 'key', 'version']),
      alwaysThere(['Label'], ['id', 'name', 'prefix']),
      alwaysThere(['BodyType'], ['representation', 'value']),
    ),
  },
  {
    id: 'confluence-nullable-answers',
    document: 'confluence-v2',
    reason: 'Optional members of an answer are sent as null and not left out.',
    source: 'recorded: parentId, parentType, lastOwnerId, mediaTypeDescription, version.ncsStepVersion',
    apply: optionalAnswersNullable(),
  },
  {
    id: 'space-permission-values',
    document: 'confluence-v2',
    reason: 'Space permissions hold values outside the documented enums.',
    source: 'recorded: GET space with permissions',
    apply: all(
      addValues('SpacePermissionAssignment', ['principal', 'type'], ['access-class']),
      addValues(
        'SpacePermissionAssignment',
        ['operation', 'key'],
        [
          'archive_space',
          'export_content',
          'manage_content',
          'manage_guest_users',
          'manage_nonlicensed_users',
          'manage_public_links',
          'manage_templates',
          'manage_users',
        ],
      ),
    ),
  },
]
