import { type Rest, type RestOptions, createRest } from '@telamon/rest'
import { type Makers, type Sleep, surfaceOf, wait } from '@telamon/rest/surface'

import { type Attachments, attachments } from './resources/attachments.ts'
import { type BlogPosts, blogPosts } from './resources/blog-posts.ts'
import { type Comments, comments } from './resources/comments.ts'
import { type Contents, content } from './resources/content.ts'
import { type Labels, labels } from './resources/labels.ts'
import { type LongTasks, longTasks } from './resources/long-tasks.ts'
import { type PageCopies, pageCopies } from './resources/page-copies.ts'
import { type Pages, pages } from './resources/pages.ts'
import { type Properties, properties } from './resources/properties.ts'
import { type Restrictions, restrictions } from './resources/restrictions.ts'
import { type Search, search } from './resources/search.ts'
import { type Spaces, spaces } from './resources/spaces.ts'
import { type Tasks, tasks } from './resources/tasks.ts'
import { type Templates, templates } from './resources/templates.ts'
import {
  type Databases,
  type Embeds,
  type Folders,
  type Whiteboards,
  databases,
  embeds,
  folders,
  whiteboards,
} from './resources/tree-items.ts'
import { type Users, users } from './resources/users.ts'
import { type Versions, versions } from './resources/versions.ts'

/** What a client needs: credentials, and what `createRest` takes beside them. */
export type ConfluenceOptions = RestOptions

/** What the surface has. */
interface Resources {
  readonly pages: Pages
  readonly blogPosts: BlogPosts
  readonly content: Contents
  readonly spaces: Spaces
  readonly comments: Comments
  readonly labels: Labels
  readonly attachments: Attachments
  readonly search: Search
  readonly users: Users
  readonly properties: Properties
  readonly versions: Versions
  readonly restrictions: Restrictions
  readonly tasks: Tasks
  readonly pageCopies: PageCopies
  readonly folders: Folders
  readonly databases: Databases
  readonly whiteboards: Whiteboards
  readonly embeds: Embeds
  readonly templates: Templates
  readonly longTasks: LongTasks
}

/** Confluence in the name of one person or app. Functions without `this`, so they may be passed around. */
export interface Confluence extends Rest, Resources {}

interface Own {
  readonly rest: Rest
  readonly sleep: Sleep
}

const makers: Makers<Own, Resources> = {
  pages: ({ rest }) => pages(rest),
  blogPosts: ({ rest }) => blogPosts(rest),
  content: ({ rest }) => content(rest),
  spaces: ({ rest }) => spaces(rest),
  comments: ({ rest }) => comments(rest),
  labels: ({ rest }) => labels(rest),
  attachments: ({ rest }) => attachments(rest),
  search: ({ rest }) => search(rest),
  users: ({ rest }) => users(rest),
  properties: ({ rest }) => properties(rest),
  versions: ({ rest }) => versions(rest),
  restrictions: ({ rest }) => restrictions(rest),
  tasks: ({ rest }) => tasks(rest),
  pageCopies: ({ rest }) => pageCopies(rest),
  folders: ({ rest }) => folders(rest),
  databases: ({ rest }) => databases(rest),
  whiteboards: ({ rest }) => whiteboards(rest),
  embeds: ({ rest }) => embeds(rest),
  templates: ({ rest }) => templates(rest),
  longTasks: ({ rest, sleep }) => longTasks(rest, sleep),
}

const surface = surfaceOf(makers)

/**
 * Binds Confluence to credentials. Nothing is asked before the first call, and making a client costs next to nothing,
 * so there can be one for each person or request.
 */
export function createConfluence(options: ConfluenceOptions): Confluence
export function createConfluence(options: ConfluenceOptions): object {
  const { sleep = wait } = options
  const rest = createRest(options)
  return surface(rest, { rest, sleep })
}
