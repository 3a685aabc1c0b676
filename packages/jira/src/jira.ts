import { type Rest, type RestOptions, createRest } from '@telamon/rest'
import { type Makers, type Sleep, surfaceOf, wait } from '@telamon/rest/surface'

import type { FieldMap, NoFields } from './custom-fields.ts'
import { type Attachments, attachments } from './resources/attachments.ts'
import { type Boards, boards } from './resources/boards.ts'
import { type Bulk, bulk } from './resources/bulk.ts'
import { type Comments, comments } from './resources/comments.ts'
import { type Epics, epics } from './resources/epics.ts'
import { type Fields, fields } from './resources/fields.ts'
import { type Dashboards, type Filters, dashboards, filters } from './resources/filters.ts'
import { type Issues, issues } from './resources/issues.ts'
import { type Links, links } from './resources/links.ts'
import { type Projects, projects } from './resources/projects.ts'
import { type RemoteLinks, remoteLinks } from './resources/remote-links.ts'
import { type Requests, requests } from './resources/requests.ts'
import { type Count, type JqlTools, type Search, count, jqlTools, search } from './resources/search.ts'
import {
  type Organizations,
  type Queues,
  type ServiceDesks,
  organizations,
  queues,
  serviceDesks,
} from './resources/service-desks.ts'
import { type Sprints, sprints } from './resources/sprints.ts'
import { type Tasks, tasks } from './resources/tasks.ts'
import {
  type MyPermissions,
  type Myself,
  type ServerInfo,
  type Users,
  myPermissions,
  myself,
  serverInfo,
  users,
} from './resources/users.ts'
import { type Components, type Versions, components, versions } from './resources/versions.ts'
import { type Vocabulary, vocabulary } from './resources/vocabulary.ts'
import { type Votes, type Watchers, votes, watchers } from './resources/watchers.ts'
import { type Worklogs, worklogs } from './resources/worklogs.ts'

/** What a client needs: credentials, and what `createRest` takes beside them. */
export interface JiraOptions<Map extends FieldMap = NoFields> extends RestOptions {
  /** Names for custom fields, whose ids differ from site to site: `{ storyPoints: field.number('customfield_10016') }`. */
  readonly fields?: Map
}

/** What the surface has. */
interface Resources<Map extends FieldMap> {
  readonly issues: Issues<Map>
  readonly search: Search<Map>
  readonly count: Count
  readonly jql: JqlTools
  readonly comments: Comments
  readonly worklogs: Worklogs
  readonly links: Links
  readonly remoteLinks: RemoteLinks
  readonly watchers: Watchers
  readonly votes: Votes
  readonly attachments: Attachments
  readonly projects: Projects
  readonly versions: Versions
  readonly components: Components
  readonly users: Users
  readonly fields: Fields
  readonly myself: Myself
  readonly myPermissions: MyPermissions
  readonly serverInfo: ServerInfo
  readonly boards: Boards<Map>
  readonly sprints: Sprints<Map>
  readonly epics: Epics<Map>
  readonly filters: Filters
  readonly dashboards: Dashboards
  readonly vocabulary: Vocabulary
  readonly bulk: Bulk
  readonly tasks: Tasks
  readonly serviceDesks: ServiceDesks
  readonly requests: Requests
  readonly queues: Queues
  readonly organizations: Organizations
}

/** Jira in the name of one person or app. Functions without `this`, so they may be passed around. */
export interface Jira<Map extends FieldMap = NoFields> extends Rest, Resources<Map> {}

interface Own {
  readonly rest: Rest
  readonly map: FieldMap
  readonly sleep: Sleep
}

const makers: Makers<Own, Resources<FieldMap>> = {
  issues: ({ rest, map }) => issues(rest, map),
  search: ({ rest, map }) => search(rest, map),
  boards: ({ rest, map }) => boards(rest, map),
  sprints: ({ rest, map }) => sprints(rest, map),
  epics: ({ rest, map }) => epics(rest, map),
  count: ({ rest }) => count(rest),
  jql: ({ rest }) => jqlTools(rest),
  comments: ({ rest }) => comments(rest),
  worklogs: ({ rest }) => worklogs(rest),
  links: ({ rest }) => links(rest),
  remoteLinks: ({ rest }) => remoteLinks(rest),
  watchers: ({ rest }) => watchers(rest),
  votes: ({ rest }) => votes(rest),
  attachments: ({ rest }) => attachments(rest),
  projects: ({ rest }) => projects(rest),
  versions: ({ rest }) => versions(rest),
  components: ({ rest }) => components(rest),
  users: ({ rest }) => users(rest),
  fields: ({ rest }) => fields(rest),
  myself: ({ rest }) => myself(rest),
  myPermissions: ({ rest }) => myPermissions(rest),
  serverInfo: ({ rest }) => serverInfo(rest),
  filters: ({ rest }) => filters(rest),
  dashboards: ({ rest }) => dashboards(rest),
  vocabulary: ({ rest }) => vocabulary(rest),
  serviceDesks: ({ rest }) => serviceDesks(rest),
  requests: ({ rest }) => requests(rest),
  queues: ({ rest }) => queues(rest),
  organizations: ({ rest }) => organizations(rest),
  bulk: ({ rest, sleep }) => bulk(rest, sleep),
  tasks: ({ rest, sleep }) => tasks(rest, sleep),
}

const surface = surfaceOf(makers)

/**
 * Binds Jira to credentials. Nothing is asked before the first call, and making a client costs next to nothing, so
 * there can be one for each person or request.
 */
export function createJira(options: RestOptions): Jira
export function createJira<const Map extends FieldMap>(options: JiraOptions<Map>): Jira<Map>
export function createJira({ fields: map = {}, ...connection }: JiraOptions<FieldMap>): object {
  const { sleep = wait } = connection
  const rest = createRest(connection)
  return surface(rest, { rest, map, sleep })
}
