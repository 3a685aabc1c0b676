/** Faults of the documents that reach types or tables, each with its reason and how we know. */

import { type Correction, all } from './corrections.ts'
import {
  answers,
  answersInstead,
  asks,
  commaSeparated,
  dropParameter,
  idsAsText,
  listsOfWords,
  rename,
} from './kinds/operations.ts'
import { addSchema, alwaysThere, reshape, setProperty, stringsWithoutType } from './kinds/schemas.ts'
import type { Schema } from './openapi.ts'
import { agile } from './patches-agile.ts'
import { refTo } from './placeholders.ts'

const text: Schema = { type: 'string' }
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
})

export const patches: readonly Correction[] = [
  ...agile,
  {
    id: 'rich-text',
    document: 'jira-platform-v3',
    reason: 'Bodies of comments and comments of worklogs have no type.',
    source: 'recorded: comments and worklogs in version 3 carry documents',
    apply: all(
      setProperty(['Comment'], 'body', refTo('AdfDocument')),
      setProperty(['Worklog'], 'comment', refTo('AdfDocument')),
    ),
  },
  {
    id: 'nobody',
    document: 'jira-platform-v3',
    reason: 'An issue is given to nobody by an account id of null, which the schema of a user does not have.',
    source: 'documented: the description of the operation',
    apply: asks('assignIssue', object({ accountId: { type: 'string', nullable: true } }, ['accountId'])),
  },
  {
    id: 'clauses',
    document: 'jira-platform-v3',
    reason: 'A clause of JQL is one of four forms, and is closed against the members of all of them.',
    source: 'documented: the four forms, and the examples of parseJqlQueries',
    apply: reshape(['JqlQueryClause'], (schema) => {
      if (!schema.anyOf || schema.additionalProperties !== false) return false
      delete schema.additionalProperties
      return true
    }),
  },
  {
    id: 'written-remote-link',
    document: 'jira-platform-v3',
    reason:
      'Nothing is required of the answer to a remote link that was written, though it is nothing but these two.',
    source: 'documented: the example',
    apply: alwaysThere(['RemoteIssueLinkIdentifies'], ['id', 'self']),
  },
  {
    id: 'edited-issue',
    document: 'jira-platform-v3',
    reason: 'The answer of an edit with `returnIssue` has no schema.',
    source: 'documented: the parameter `returnIssue`',
    apply: answers(['editIssue'], refTo('IssueBean')),
  },
  {
    id: 'screen-tabs',
    document: 'jira-platform-v3',
    reason: 'The answer has an example and no schema.',
    source: 'documented: the example',
    apply: answers(
      ['getBulkScreenTabs'],
      object(
        {
          isLast: { type: 'boolean' },
          maxResults: { type: 'integer' },
          startAt: { type: 'integer' },
          total: { type: 'integer' },
          values: listOf(
            object({ screenId: { type: 'integer' }, tabId: { type: 'integer' }, tabName: text }),
          ),
        },
        ['maxResults', 'startAt', 'values'],
      ),
    ),
  },
  {
    id: 'classification',
    document: 'jira-platform-v3',
    reason: 'The answers have examples and no schema.',
    source: 'documented: the examples',
    apply: all(
      addSchema(
        'ClassificationLevel',
        object({
          id: text,
          name: text,
          status: text,
          rank: { type: 'integer' },
          description: text,
          guideline: text,
          color: text,
        }),
      ),
      answers(['getDefaultProjectClassification'], object({ classification: refTo('ClassificationLevel') })),
      answers(
        ['getProjectClassificationConfig'],
        object({
          classificationLevels: listOf(refTo('ClassificationLevel')),
          containerOverride: text,
          defaultClassificationLevel: refTo('ClassificationLevel'),
        }),
      ),
    ),
  },
  {
    id: 'ids-used-twice',
    document: 'jira-service-management',
    reason: 'Six operation ids are used twice. The second use gets a name of its own.',
    source: 'documented: the paths',
    apply: rename([
      [
        'get',
        '/rest/servicedeskapi/servicedesk/{serviceDeskId}/knowledgebase/article',
        'getServiceDeskArticles',
      ],
      ['get', '/rest/servicedeskapi/servicedesk/{serviceDeskId}/organization', 'getServiceDeskOrganizations'],
      [
        'get',
        '/rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/property',
        'getRequestTypePropertiesKeys',
      ],
      [
        'get',
        '/rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/property/{propertyKey}',
        'getRequestTypeProperty',
      ],
      [
        'put',
        '/rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/property/{propertyKey}',
        'setRequestTypeProperty',
      ],
      [
        'delete',
        '/rest/servicedeskapi/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/property/{propertyKey}',
        'deleteRequestTypeProperty',
      ],
    ]),
  },
  {
    id: 'temporary-files',
    document: 'jira-service-management',
    reason: 'The answer has an example and no schema.',
    source: 'documented: the example',
    apply: answers(
      ['attachTemporaryFile'],
      object(
        {
          temporaryAttachments: listOf(
            object({ temporaryAttachmentId: text, fileName: text }, ['temporaryAttachmentId', 'fileName']),
          ),
        },
        ['temporaryAttachments'],
      ),
      '201',
    ),
  },
  {
    id: 'ids-as-text',
    document: 'confluence-v2',
    reason: 'Ids are numbers of 64 bits in paths and queries, and text in answers.',
    source: 'documented: the schemas of the answers; recorded: pages, spaces, comments',
    apply: idsAsText(),
  },
  {
    id: 'ids-of-nothing',
    document: 'confluence-v2',
    reason: 'An id that belongs to nothing has null for its type.',
    source: 'documented: the description of the answer',
    apply: reshape(['ContentIdToContentTypeResponse'], (schema) => {
      const types = schema.properties?.['results']?.additionalProperties
      if (typeof types !== 'object' || types.nullable === true) return false
      types.nullable = true
      return true
    }),
  },
  {
    id: 'format-string',
    document: 'confluence-v2',
    reason: 'Members of page updates have `format: string` and no type.',
    source: 'documented: the same members of page creation',
    apply: stringsWithoutType(),
  },
  {
    id: 'restrictions-by-operation',
    document: 'confluence-v1',
    reason: 'The answer is a map from operation to restriction, not to an object that holds one.',
    source: 'reported: changelog of confluence.js 3.0.1',
    apply: answersInstead('getRestrictionsByOperation', {
      type: 'object',
      additionalProperties: refTo('ContentRestriction'),
    }),
  },
  {
    id: 'lists-of-words',
    document: 'jira-platform-v3',
    reason: 'Query parameters such as `properties` are stated as lists of objects without members.',
    source: 'documented: the descriptions of the parameters',
    apply: listsOfWords(),
  },
  {
    id: 'lists-of-words',
    document: 'jira-software',
    reason: 'Query parameters such as `fields` are stated as lists of objects without members.',
    source: 'documented: the descriptions of the parameters',
    apply: listsOfWords(),
  },
  {
    id: 'remote-link-properties',
    document: 'jira-software',
    reason: 'Free-form query parameters are stated as one object, which cannot be sent as such.',
    source: 'documented: the description of the parameter',
    apply: dropParameter('deleteRemoteLinksByProperty', 'params'),
  },
  {
    id: 'board-filters',
    document: 'jira-software',
    reason: 'Two lists of words are stated as objects. They go comma-separated.',
    source:
      'documented for `state` by the parameter itself; inferred for `type`, which has the same type in the document',
    apply: all(
      commaSeparated(['getAllBoards'], 'type', ['scrum', 'kanban', 'simple']),
      commaSeparated(['getAllSprints'], 'state', ['future', 'active', 'closed']),
    ),
  },
]
