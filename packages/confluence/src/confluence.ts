import { setTimeout } from 'node:timers/promises'

import { type Rest, type RestOptions, createRest } from '@telamon/rest'

import { type Attachments, attachments } from './resources/attachments.ts'
import { type BlogPosts, blogPosts } from './resources/blog-posts.ts'
import { type Comments, comments } from './resources/comments.ts'
import { type Contents, content } from './resources/content.ts'
import { type Labels, labels } from './resources/labels.ts'
import { type LongTasks, type Sleep, longTasks } from './resources/long-tasks.ts'
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

/** What the surface has, made when it is first asked for. */
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

type Made = { -readonly [Name in keyof Resources]?: Resources[Name] }

/**
 * Binds Confluence to credentials. Nothing is asked before the first call, and making a client costs next to nothing,
 * so there can be one for each person or request.
 */
export function createConfluence(options: ConfluenceOptions): Confluence {
  const rest = createRest(options)
  const { sleep = wait } = options
  const made: Made = {}
  return {
    ...rest,
    get pages() {
      return (made.pages ??= pages(rest))
    },
    get blogPosts() {
      return (made.blogPosts ??= blogPosts(rest))
    },
    get content() {
      return (made.content ??= content(rest))
    },
    get spaces() {
      return (made.spaces ??= spaces(rest))
    },
    get comments() {
      return (made.comments ??= comments(rest))
    },
    get labels() {
      return (made.labels ??= labels(rest))
    },
    get attachments() {
      return (made.attachments ??= attachments(rest))
    },
    get search() {
      return (made.search ??= search(rest))
    },
    get users() {
      return (made.users ??= users(rest))
    },
    get properties() {
      return (made.properties ??= properties(rest))
    },
    get versions() {
      return (made.versions ??= versions(rest))
    },
    get restrictions() {
      return (made.restrictions ??= restrictions(rest))
    },
    get tasks() {
      return (made.tasks ??= tasks(rest))
    },
    get pageCopies() {
      return (made.pageCopies ??= pageCopies(rest))
    },
    get folders() {
      return (made.folders ??= folders(rest))
    },
    get databases() {
      return (made.databases ??= databases(rest))
    },
    get whiteboards() {
      return (made.whiteboards ??= whiteboards(rest))
    },
    get embeds() {
      return (made.embeds ??= embeds(rest))
    },
    get templates() {
      return (made.templates ??= templates(rest))
    },
    get longTasks() {
      return (made.longTasks ??= longTasks(rest, sleep))
    },
  }
}

const wait: Sleep = (milliseconds, { signal }) => setTimeout(milliseconds, undefined, { signal })
