import type { Served } from '../http/call.ts'
import { archivingHandlers } from './archiving.ts'
import { attachmentHandlers } from './attachments.ts'
import { avatarHandlers } from './avatars.ts'
import { bulkHandlers } from './bulk.ts'
import { changelogHandlers } from './changelogs.ts'
import { columnHandlers } from './columns.ts'
import { commentHandlers } from './comments.ts'
import { componentHandlers } from './components.ts'
import { createMetadataHandlers } from './create-metadata.ts'
import { customFieldHandlers } from './custom-field-admin.ts'
import { dashboardHandlers } from './dashboards.ts'
import { fieldContextHandlers } from './field-contexts.ts'
import { filterHandlers } from './filters.ts'
import { groupHandlers } from './groups.ts'
import { instanceHandlers } from './instance.ts'
import { issueActionHandlers } from './issue-actions.ts'
import { issueTypeHandlers } from './issue-types.ts'
import { issueHandlers } from './issues.ts'
import { jqlParseHandlers } from './jql-parse.ts'
import { jqlToolHandlers } from './jql-tools.ts'
import { linkTypeHandlers } from './link-types.ts'
import { linkHandlers } from './links.ts'
import { listHandlers } from './lists.ts'
import { notificationSchemeHandlers } from './notification-schemes.ts'
import { permissionSchemeHandlers } from './permission-schemes.ts'
import { permissionHandlers } from './permissions.ts'
import { preferenceHandlers } from './preferences.ts'
import { priorityHandlers } from './priorities.ts'
import { projectAdminHandlers } from './project-admin.ts'
import { projectKindHandlers } from './project-kinds.ts'
import { projectNameHandlers } from './project-names.ts'
import { projectHandlers } from './projects.ts'
import { propertyHandlers } from './properties.ts'
import { remoteLinkHandlers } from './remote-links.ts'
import { resolutionHandlers } from './resolutions.ts'
import { roleHandlers } from './roles.ts'
import { screenHandlers } from './screens.ts'
import { searchHandlers } from './search.ts'
import { securityHandlers } from './security.ts'
import { statusHandlers } from './statuses.ts'
import { taskHandlers } from './task-handlers.ts'
import { taskWorkers } from './task-workers.ts'
import { withTasks } from './tasks.ts'
import { transitionHandlers } from './transitions.ts'
import { userPickerHandlers } from './user-pickers.ts'
import { userHandlers } from './users.ts'
import { versionHandlers } from './versions.ts'
import { voteHandlers } from './votes.ts'
import { watcherHandlers } from './watchers.ts'
import { webhookHandlers } from './webhooks.ts'
import { workflowHandlers } from './workflows.ts'
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
  ...avatarHandlers,
  ...componentHandlers,
  ...customFieldHandlers,
  ...fieldContextHandlers,
  ...groupHandlers,
  ...instanceHandlers,
  ...issueTypeHandlers,
  ...jqlToolHandlers,
  ...linkTypeHandlers,
  ...notificationSchemeHandlers,
  ...permissionHandlers,
  ...permissionSchemeHandlers,
  ...preferenceHandlers,
  ...priorityHandlers,
  ...projectAdminHandlers,
  ...projectKindHandlers,
  ...projectNameHandlers,
  ...resolutionHandlers,
  ...roleHandlers,
  ...screenHandlers,
  ...securityHandlers,
  ...statusHandlers,
  ...userPickerHandlers,
  ...versionHandlers,
  ...webhookHandlers,
  ...workflowHandlers,
  ...taskHandlers,
]

/** Everything of Jira that is served. */
export const jiraHandlers: readonly Served[] = served.map((one) => withTasks(one, taskWorkers))
