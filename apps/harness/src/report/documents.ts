import { fileURLToPath } from 'node:url'

import * as confluenceApps from '@telamon/confluence/apps'
import * as confluence from '@telamon/confluence/operations'
import * as confluenceV1 from '@telamon/confluence/v1'
import * as jiraApps from '@telamon/jira/apps'
import * as platform from '@telamon/jira/operations'
import * as serviceManagement from '@telamon/jira/service-management'
import * as software from '@telamon/jira/software'
import type { OperationSpec } from '@telamon/rest'

/** Where the sources of the clients are. */
export const packages = fileURLToPath(new URL('../../../../packages', import.meta.url))

/** A document as Atlassian publishes it. */
export interface PublishedDocument {
  readonly name: string
  /** How many operations it has, counted in the version that the tables are made of. */
  readonly operations: number
  /** What stands before its operations where all of them are tools. */
  readonly prefix: string
}

/** The five documents. Their versions stand in the first line of each generated file. */
export const documents: readonly PublishedDocument[] = [
  { name: 'jira-platform-v3', operations: 616, prefix: 'jira' },
  { name: 'jira-software', operations: 105, prefix: 'software' },
  { name: 'jira-service-management', operations: 70, prefix: 'jsm' },
  { name: 'confluence-v2', operations: 218, prefix: 'confluence' },
  { name: 'confluence-v1', operations: 130, prefix: 'confluenceV1' },
]

/** A generated table, and the document that each of its operations is from. */
export interface OperationTable {
  /** Below `packages/`. */
  readonly folder: string
  readonly operations: Readonly<Record<string, OperationSpec>>
  readonly documentOf: (operation: OperationSpec) => string
}

const only = (document: string) => (): string => document

/** Every table of the clients, those of operations that only apps can call included. */
export const tables: readonly OperationTable[] = [
  { folder: 'jira/src/generated/platform', operations: platform, documentOf: only('jira-platform-v3') },
  { folder: 'jira/src/generated/software', operations: software, documentOf: only('jira-software') },
  {
    folder: 'jira/src/generated/service-management',
    operations: serviceManagement,
    documentOf: only('jira-service-management'),
  },
  { folder: 'jira/src/generated/apps', operations: jiraApps, documentOf: only('jira-platform-v3') },
  { folder: 'confluence/src/generated/v2', operations: confluence, documentOf: only('confluence-v2') },
  { folder: 'confluence/src/generated/v1', operations: confluenceV1, documentOf: only('confluence-v1') },
  {
    folder: 'confluence/src/generated/apps',
    operations: confluenceApps,
    documentOf: ({ path }) => (path.split('/')[2] === 'api' ? 'confluence-v2' : 'confluence-v1'),
  },
]
