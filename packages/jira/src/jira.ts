import { setTimeout } from 'node:timers/promises'

import { type Rest, type RestOptions, createRest } from '@telamon/rest'

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
import { type Sleep, type Tasks, tasks } from './resources/tasks.ts'
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

/** What the surface has, made when it is first asked for. */
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

type Made<Map extends FieldMap> = { -readonly [Name in keyof Resources<Map>]?: Resources<Map>[Name] }

/**
 * Binds Jira to credentials. Nothing is asked before the first call, and making a client costs next to nothing, so
 * there can be one for each person or request.
 */
export function createJira(options: RestOptions): Jira
export function createJira<const Map extends FieldMap>(options: JiraOptions<Map>): Jira<Map>
export function createJira({ fields: map = {}, ...connection }: JiraOptions<FieldMap>): Jira<FieldMap> {
  const rest = createRest(connection)
  const { sleep = wait } = connection
  const made: Made<FieldMap> = {}
  return {
    ...rest,
    get issues() {
      return (made.issues ??= issues(rest, map))
    },
    get search() {
      return (made.search ??= search(rest, map))
    },
    get boards() {
      return (made.boards ??= boards(rest, map))
    },
    get sprints() {
      return (made.sprints ??= sprints(rest, map))
    },
    get count() {
      return (made.count ??= count(rest))
    },
    get jql() {
      return (made.jql ??= jqlTools(rest))
    },
    get comments() {
      return (made.comments ??= comments(rest))
    },
    get worklogs() {
      return (made.worklogs ??= worklogs(rest))
    },
    get links() {
      return (made.links ??= links(rest))
    },
    get remoteLinks() {
      return (made.remoteLinks ??= remoteLinks(rest))
    },
    get watchers() {
      return (made.watchers ??= watchers(rest))
    },
    get votes() {
      return (made.votes ??= votes(rest))
    },
    get attachments() {
      return (made.attachments ??= attachments(rest))
    },
    get projects() {
      return (made.projects ??= projects(rest))
    },
    get versions() {
      return (made.versions ??= versions(rest))
    },
    get components() {
      return (made.components ??= components(rest))
    },
    get users() {
      return (made.users ??= users(rest))
    },
    get fields() {
      return (made.fields ??= fields(rest))
    },
    get myself() {
      return (made.myself ??= myself(rest))
    },
    get myPermissions() {
      return (made.myPermissions ??= myPermissions(rest))
    },
    get serverInfo() {
      return (made.serverInfo ??= serverInfo(rest))
    },
    get epics() {
      return (made.epics ??= epics(rest, map))
    },
    get filters() {
      return (made.filters ??= filters(rest))
    },
    get dashboards() {
      return (made.dashboards ??= dashboards(rest))
    },
    get vocabulary() {
      return (made.vocabulary ??= vocabulary(rest))
    },
    get serviceDesks() {
      return (made.serviceDesks ??= serviceDesks(rest))
    },
    get requests() {
      return (made.requests ??= requests(rest))
    },
    get queues() {
      return (made.queues ??= queues(rest))
    },
    get organizations() {
      return (made.organizations ??= organizations(rest))
    },
    get bulk() {
      return (made.bulk ??= bulk(rest, sleep))
    },
    get tasks() {
      return (made.tasks ??= tasks(rest, sleep))
    },
  }
}

const wait: Sleep = (milliseconds, { signal }) => setTimeout(milliseconds, undefined, { signal })
