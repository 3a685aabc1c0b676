import type { Served } from '../http/call.ts'
import { archivingHandlers } from './archiving.ts'
import { attachmentHandlers } from './attachments.ts'
import { bulkHandlers } from './bulk.ts'
import { changelogHandlers } from './changelogs.ts'
import { columnHandlers } from './columns.ts'
import { commentHandlers } from './comments.ts'
import { createMetadataHandlers } from './create-metadata.ts'
import { dashboardHandlers } from './dashboards.ts'
import { filterHandlers } from './filters.ts'
import { issueActionHandlers } from './issue-actions.ts'
import { issueHandlers } from './issues.ts'
import { jqlParseHandlers } from './jql-parse.ts'
import { linkHandlers } from './links.ts'
import { listHandlers } from './lists.ts'
import { projectHandlers } from './projects.ts'
import { propertyHandlers } from './properties.ts'
import { remoteLinkHandlers } from './remote-links.ts'
import { searchHandlers } from './search.ts'
import { taskHandlers } from './task-handlers.ts'
import { taskWorkers } from './task-workers.ts'
import { withTasks } from './tasks.ts'
import { transitionHandlers } from './transitions.ts'
import { userHandlers } from './users.ts'
import { voteHandlers } from './votes.ts'
import { watcherHandlers } from './watchers.ts'
import { worklogHandlers } from './worklogs.ts'

const served: readonly Served[] = [
  ...issueHandlers,
  ...issueActionHandlers,
  ...archivingHandlers,
  ...attachmentHandlers,
  ...changelogHandlers,
  ...transitionHandlers,
  ...commentHandlers,
  ...propertyHandlers,
  ...searchHandlers,
  ...jqlParseHandlers,
  ...createMetadataHandlers,
  ...projectHandlers,
  ...listHandlers,
  ...userHandlers,
  ...linkHandlers,
  ...remoteLinkHandlers,
  ...voteHandlers,
  ...watcherHandlers,
  ...worklogHandlers,
  ...filterHandlers,
  ...dashboardHandlers,
  ...columnHandlers,
  ...bulkHandlers,
  ...taskHandlers,
]

/** Everything of Jira that is served. */
export const jiraHandlers: readonly Served[] = served.map((one) => withTasks(one, taskWorkers))
