import type { Served } from '../http/call.ts'
import { commentHandlers } from './comments.ts'
import { createMetadataHandlers } from './create-metadata.ts'
import { issueHandlers } from './issues.ts'
import { jqlParseHandlers } from './jql-parse.ts'
import { linkHandlers } from './links.ts'
import { listHandlers } from './lists.ts'
import { projectHandlers } from './projects.ts'
import { remoteLinkHandlers } from './remote-links.ts'
import { searchHandlers } from './search.ts'
import { transitionHandlers } from './transitions.ts'
import { userHandlers } from './users.ts'
import { watcherHandlers } from './watchers.ts'
import { worklogHandlers } from './worklogs.ts'

/** Everything of Jira that is served. */
export const jiraHandlers: readonly Served[] = [
  ...issueHandlers,
  ...transitionHandlers,
  ...commentHandlers,
  ...searchHandlers,
  ...jqlParseHandlers,
  ...createMetadataHandlers,
  ...projectHandlers,
  ...listHandlers,
  ...userHandlers,
  ...linkHandlers,
  ...remoteLinkHandlers,
  ...watcherHandlers,
  ...worklogHandlers,
]
