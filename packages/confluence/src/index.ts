export type { BodyFormat, BodyOf, ListBodyFormat, NewBody, WithBody } from './bodies.ts'
export { createConfluence } from './confluence.ts'
export type { Confluence, ConfluenceOptions } from './confluence.ts'
export type { List, ListOptions, Page as ListPage, PageRequest } from '@telamon/rest/surface'
export type { AttachmentSearch, Attachments, UploadOptions } from './resources/attachments.ts'
export type { BlogPost, BlogPostSearch, BlogPosts } from './resources/blog-posts.ts'
export type {
  CommentChange,
  CommentListOptions,
  CommentOptions,
  CommentPlace,
  Commented,
  Comments,
  FooterComments,
  InlineComments,
  Selection,
} from './resources/comments.ts'
export type { Content, ContentOptions, ContentType, Contents } from './resources/content.ts'
export type { Included, Inclusion, Inclusions } from './resources/inclusions.ts'
export type { Labelled, Labels } from './resources/labels.ts'
export type { LongTasks, StartedTask, WatchOptions } from './resources/long-tasks.ts'
export type { CopyOptions, CopyTarget, PageCopies } from './resources/page-copies.ts'
export type { NewPage, Page, PageChange, PageOptions, PageSearch, Pages } from './resources/pages.ts'
export type { Properties, PropertyOwner } from './resources/properties.ts'
export type { Restrictions } from './resources/restrictions.ts'
export type { CqlQuery, Search, SearchHit, SearchOptions } from './resources/search.ts'
export type { Space, SpaceSearch, Spaces } from './resources/spaces.ts'
export type { TaskSearch, Tasks } from './resources/tasks.ts'
export type { NewTemplate, Templates } from './resources/templates.ts'
export type {
  Databases,
  Embeds,
  Folders,
  NewTreeItem,
  TreeItems,
  Whiteboards,
} from './resources/tree-items.ts'
export type { Person, Users } from './resources/users.ts'
export type { ContentChange, From } from './resources/versioned.ts'
export type { Versions } from './resources/versions.ts'
export { confluenceUrls } from './urls.ts'
export type { ConfluenceUrls } from './urls.ts'
