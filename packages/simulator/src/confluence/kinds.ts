import type { ContentType } from '../world/confluence-model.ts'

/** How each type of content is called in addresses, answers and permissions. */
interface Kind {
  /** In messages. */
  readonly title: string
  /** In paths of version 2. */
  readonly path: string
  /** What an older version of it stands in (recorded for pages; documented). */
  readonly member: string
  /** The target of space permissions; what has none of its own goes by that of pages (inferred). */
  readonly target: 'page' | 'blogpost'
  /** Whether it stands in the tree of a space. */
  readonly inTree: boolean
  /** What its ids are counted with. */
  readonly counter: 'content' | 'treeItem'
}

export const kinds: Readonly<Record<ContentType, Kind>> = {
  page: { title: 'Page', path: 'pages', member: 'page', target: 'page', inTree: true, counter: 'content' },
  blogpost: {
    title: 'Blog post',
    path: 'blogposts',
    member: 'blogpost',
    target: 'blogpost',
    inTree: false,
    counter: 'content',
  },
  folder: {
    title: 'Folder',
    path: 'folders',
    member: 'folder',
    target: 'page',
    inTree: true,
    counter: 'content',
  },
  whiteboard: {
    title: 'Whiteboard',
    path: 'whiteboards',
    member: 'whiteboard',
    target: 'page',
    inTree: true,
    counter: 'treeItem',
  },
  database: {
    title: 'Database',
    path: 'databases',
    member: 'database',
    target: 'page',
    inTree: true,
    counter: 'treeItem',
  },
  embed: {
    title: 'Smart Link',
    path: 'embeds',
    member: 'embed',
    target: 'page',
    inTree: true,
    counter: 'treeItem',
  },
  custom: {
    title: 'Custom content',
    path: 'custom-content',
    member: 'custom',
    target: 'page',
    inTree: false,
    counter: 'content',
  },
}
