/** Names as Jira spells them (documented). */
export type ProjectPermission =
  | 'ADD_COMMENTS'
  | 'ADMINISTER_PROJECTS'
  | 'ARCHIVE_ISSUES'
  | 'ASSIGNABLE_USER'
  | 'ASSIGN_ISSUES'
  | 'BROWSE_PROJECTS'
  | 'CLOSE_ISSUES'
  | 'CREATE_ATTACHMENTS'
  | 'CREATE_ISSUES'
  | 'DELETE_ALL_ATTACHMENTS'
  | 'DELETE_ALL_COMMENTS'
  | 'DELETE_ALL_WORKLOGS'
  | 'DELETE_ISSUES'
  | 'DELETE_OWN_ATTACHMENTS'
  | 'DELETE_OWN_COMMENTS'
  | 'DELETE_OWN_WORKLOGS'
  | 'EDIT_ALL_COMMENTS'
  | 'EDIT_ALL_WORKLOGS'
  | 'EDIT_ISSUES'
  | 'EDIT_OWN_COMMENTS'
  | 'EDIT_OWN_WORKLOGS'
  | 'LINK_ISSUES'
  | 'MANAGE_SPRINTS_PERMISSION'
  | 'MANAGE_WATCHERS'
  | 'MODIFY_REPORTER'
  | 'MOVE_ISSUES'
  | 'RESOLVE_ISSUES'
  | 'SCHEDULE_ISSUES'
  | 'SET_ISSUE_SECURITY'
  | 'TRANSITION_ISSUES'
  | 'UNARCHIVE_ISSUES'
  | 'VIEW_DEV_TOOLS'
  | 'VIEW_READONLY_WORKFLOW'
  | 'VIEW_VOTERS_AND_WATCHERS'
  | 'WORK_ON_ISSUES'

/** Who holds a permission. `anyone` includes callers without credentials. */
export type Holder =
  | { readonly type: 'anyone' }
  | { readonly type: 'licensed' }
  | { readonly type: 'role'; readonly role: string }
  | { readonly type: 'group'; readonly groupId: string }
  | { readonly type: 'person'; readonly accountId: string }
  | { readonly type: 'reporter' | 'assignee' | 'lead' }

/** One grant of a scheme: a holder with a number of its own. */
export type PermissionGrant = Holder & { readonly id: string }

export interface PermissionScheme {
  readonly id: string
  name: string
  description?: string
  readonly grants: Map<ProjectPermission, readonly PermissionGrant[]>
}
