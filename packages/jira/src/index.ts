export { field } from './custom-fields.ts'
export type {
  CascadingOption,
  DecodedOf,
  EncodedOf,
  FieldCodec,
  FieldMap,
  FieldName,
  FieldOption,
  FieldSprint,
  FieldUser,
  NoFields,
} from './custom-fields.ts'
export { discoverFields, fieldSource } from './discover-fields.ts'
export type { DiscoveredField, FieldKind } from './discover-fields.ts'
export { createJira } from './jira.ts'
export type { Jira, JiraOptions } from './jira.ts'
export type { List, ListOptions, Page, PageRequest } from '@telamon/rest/surface'
export type { Attachments } from './resources/attachments.ts'
export type {
  AgileIssueOptions,
  AgileIssues,
  Board,
  BoardSearch,
  Boards,
  RankPlace,
} from './resources/boards.ts'
export type { Bulk, BulkEdit, BulkMove, Submitted } from './resources/bulk.ts'
export type { CommentListOptions, CommentOptions, Comments } from './resources/comments.ts'
export type { Epics } from './resources/epics.ts'
export type { Fields } from './resources/fields.ts'
export type { Dashboards, FilterSearch, Filters } from './resources/filters.ts'
export type { JqlQuery } from './resources/issue-list.ts'
export type { EditOptions, Issues, Many, WriteOptions } from './resources/issues.ts'
export type { Links, NewLink } from './resources/links.ts'
export type { ProjectSearch, Projects } from './resources/projects.ts'
export type { NewRemoteLink, RemoteLinks, WrittenRemoteLink } from './resources/remote-links.ts'
export type { NewRequest, RequestSearch, Requests } from './resources/requests.ts'
export type { Count, JqlTools, Search, SearchOptions } from './resources/search.ts'
export type { Organizations, Queues, ServiceDesks } from './resources/service-desks.ts'
export type { NewSprint, SprintChange, Sprints } from './resources/sprints.ts'
export type { Tasks, WatchOptions } from './resources/tasks.ts'
export type { Transition, TransitionOptions, TransitionTarget } from './resources/transitions.ts'
export type {
  AssignableIn,
  MyPermissions,
  Myself,
  PermissionPlace,
  ServerInfo,
  Users,
} from './resources/users.ts'
export type { Components, PartSearch, Versions } from './resources/versions.ts'
export type { Vocabulary } from './resources/vocabulary.ts'
export type { Votes, Watchers } from './resources/watchers.ts'
export type { TimeSpent, WorklogOptions, Worklogs } from './resources/worklogs.ts'
export type { NestedIssue, Progress, SystemFields } from './system-fields.ts'
export { jiraUrls } from './urls.ts'
export type { JiraUrls } from './urls.ts'
export type {
  AllFields,
  Expansion,
  Expansions,
  FieldNameOf,
  FieldsOf,
  IssueView,
  OpenFields,
  ReadOptions,
} from './views.ts'
export type { ById, WritableFields, WritableSystemFields } from './writing.ts'
