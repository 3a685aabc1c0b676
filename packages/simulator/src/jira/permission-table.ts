import type { ProjectPermission } from '../world/jira-model.ts'

/** What a permission is called, and what it lets people do. Keys are documented, the words are ours. */
interface About {
  readonly name: string
  readonly description: string
}

export const projectPermissions: Readonly<Record<ProjectPermission, About>> = {
  ADD_COMMENTS: { name: 'Add Comments', description: 'Comment on issues.' },
  ADMINISTER_PROJECTS: { name: 'Administer Projects', description: 'Run a project.' },
  ARCHIVE_ISSUES: { name: 'Archive Issues', description: 'Put issues away.' },
  ASSIGNABLE_USER: { name: 'Assignable User', description: 'Be given issues.' },
  ASSIGN_ISSUES: { name: 'Assign Issues', description: 'Give issues to people.' },
  BROWSE_PROJECTS: { name: 'Browse Projects', description: 'See projects and their issues.' },
  CLOSE_ISSUES: { name: 'Close Issues', description: 'Close issues.' },
  CREATE_ATTACHMENTS: { name: 'Create Attachments', description: 'Put files on issues.' },
  CREATE_ISSUES: { name: 'Create Issues', description: 'Make issues.' },
  DELETE_ALL_ATTACHMENTS: { name: 'Delete All Attachments', description: 'Delete files of others.' },
  DELETE_ALL_COMMENTS: { name: 'Delete All Comments', description: 'Delete comments of others.' },
  DELETE_ALL_WORKLOGS: { name: 'Delete All Worklogs', description: 'Delete worklogs of others.' },
  DELETE_ISSUES: { name: 'Delete Issues', description: 'Delete issues.' },
  DELETE_OWN_ATTACHMENTS: { name: 'Delete Own Attachments', description: 'Delete own files.' },
  DELETE_OWN_COMMENTS: { name: 'Delete Own Comments', description: 'Delete own comments.' },
  DELETE_OWN_WORKLOGS: { name: 'Delete Own Worklogs', description: 'Delete own worklogs.' },
  EDIT_ALL_COMMENTS: { name: 'Edit All Comments', description: 'Change comments of others.' },
  EDIT_ALL_WORKLOGS: { name: 'Edit All Worklogs', description: 'Change worklogs of others.' },
  EDIT_ISSUES: { name: 'Edit Issues', description: 'Change issues.' },
  EDIT_OWN_COMMENTS: { name: 'Edit Own Comments', description: 'Change own comments.' },
  EDIT_OWN_WORKLOGS: { name: 'Edit Own Worklogs', description: 'Change own worklogs.' },
  LINK_ISSUES: { name: 'Link Issues', description: 'Link issues to others.' },
  MANAGE_SPRINTS_PERMISSION: { name: 'Manage Sprints', description: 'Make, start and end sprints.' },
  MANAGE_WATCHERS: { name: 'Manage Watchers', description: 'Say who watches an issue.' },
  MODIFY_REPORTER: { name: 'Modify Reporter', description: 'Say who reported an issue.' },
  MOVE_ISSUES: { name: 'Move Issues', description: 'Take issues to another project or type.' },
  RESOLVE_ISSUES: { name: 'Resolve Issues', description: 'Resolve issues and open them again.' },
  SCHEDULE_ISSUES: { name: 'Schedule Issues', description: 'Set due dates.' },
  SET_ISSUE_SECURITY: { name: 'Set Issue Security', description: 'Say who may see an issue.' },
  TRANSITION_ISSUES: { name: 'Transition Issues', description: 'Take issues from status to status.' },
  UNARCHIVE_ISSUES: { name: 'Restore Issues', description: 'Bring archived issues back.' },
  VIEW_DEV_TOOLS: { name: 'View Development Tools', description: 'See branches and commits of issues.' },
  VIEW_READONLY_WORKFLOW: { name: 'View Read-Only Workflow', description: 'See the workflow of a project.' },
  VIEW_VOTERS_AND_WATCHERS: { name: 'View Voters and Watchers', description: 'See who votes and watches.' },
  WORK_ON_ISSUES: { name: 'Work On Issues', description: 'Log time on issues.' },
}

/** Permissions that belong to no project. Administrators hold all of them, everyone with Jira the last ones (inferred). */
export const globalPermissions = {
  ADMINISTER: { name: 'Administer Jira', description: 'Change the settings of the site.', forAll: false },
  SYSTEM_ADMIN: { name: 'System Admin', description: 'Run the site.', forAll: false },
  MANAGE_GROUP_FILTER_SUBSCRIPTIONS: {
    name: 'Manage Group Filter Subscriptions',
    description: 'Send the results of filters to groups.',
    forAll: false,
  },
  BULK_CHANGE: { name: 'Make Bulk Changes', description: 'Change many issues at once.', forAll: true },
  CREATE_PROJECT: { name: 'Create Team-Managed Projects', description: 'Make projects.', forAll: true },
  CREATE_SHARED_OBJECTS: {
    name: 'Share Dashboards and Filters',
    description: 'Share filters and dashboards with others.',
    forAll: true,
  },
  USER_PICKER: { name: 'Browse Users and Groups', description: 'Find people and groups.', forAll: true },
} as const

export type GlobalPermission = keyof typeof globalPermissions

export function isProjectPermission(name: string): name is ProjectPermission {
  return Object.hasOwn(projectPermissions, name)
}

export function isGlobalPermission(name: string): name is GlobalPermission {
  return Object.hasOwn(globalPermissions, name)
}
