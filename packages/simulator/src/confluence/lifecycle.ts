import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import type {
  Attachment,
  Body,
  Content,
  ContentType,
  ContentVersion,
  ContentView,
  Label,
  Space,
} from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { contentBelow } from '../world/indexes.ts'
import type { Site } from '../world/model.ts'
import { attachmentsAt, commentsAt, lookThrough, tasksAt } from '../world/wiki-indexes.ts'
import { settleAnchors } from './anchors.ts'
import { kinds } from './kinds.ts'
import { settleTasks } from './task-list.ts'
import { newest } from './view.ts'

/** Who makes content, when and where. */
export interface Author extends Pick<Ground, 'world' | 'clock'> {
  readonly site: Site
  readonly caller: Caller
}

/** What new content is. */
export interface NewContent {
  readonly type: ContentType
  readonly space: Space
  readonly parentId: string | null
  readonly status: 'current' | 'draft'
  readonly title: string
  readonly body: Body
  readonly subtype?: 'live'
  readonly customType?: string
  readonly embedUrl?: string
  /** Among what stands below the same parent. Default: after all of it. */
  readonly position?: number
}

/** Puts content with its first version into the world. */
export function addContent(author: Author, given: NewContent): Content {
  const { world, site, clock, caller } = author
  const { space, title, body, position = positionBelow(site, given.parentId), ...rest } = given
  const id = nextId(world, kinds[given.type].counter, site.cloudId)
  const authorId = caller.person?.accountId ?? ''
  const createdAt = clock.now()
  const content: Content = {
    id,
    ...rest,
    spaceId: space.id,
    ownerId: authorId,
    lastOwnerId: null,
    authorId,
    createdAt,
    position,
    versions: [{ number: 1, message: '', minorEdit: false, authorId, createdAt, title, body }],
    labels: [],
    read: { people: new Set(), groups: new Set() },
    update: { people: new Set(), groups: new Set() },
    likes: new Set(),
  }
  site.confluence.contents.set(id, content)
  settleTasks(author, content)
  return content
}

/** The place after everything else below a parent, or of what has none. */
export function positionBelow(site: Site, parentId: string | null): number {
  let position = 0
  for (const [, other] of lookThrough(site.confluence.contents)) {
    if (other.parentId === parentId) position += 100
  }
  return position
}

/** What a new version is, beside its number, time and author. */
export interface NewVersion {
  readonly title: string
  readonly body: Body
  readonly message: string
  /** Default: one more than the last. */
  readonly number?: number
  readonly minorEdit?: boolean
}

/** Adds a version, and brings what depends on the body into line with it. */
export function addVersion(author: Author, content: Content, changed: NewVersion): ContentVersion {
  const { number = newest(content).number + 1, minorEdit = false } = changed
  const version: ContentVersion = {
    ...changed,
    number,
    minorEdit,
    authorId: author.caller.person?.accountId ?? '',
    createdAt: author.clock.now(),
  }
  content.versions.push(version)
  settleBody(author, content)
  return version
}

/** Brings tasks and the anchors of inline comments into line with the newest body. */
export function settleBody(author: Author, content: Content): void {
  settleTasks(author, content)
  settleAnchors(author.site, content)
}

/** Lets nobody but the author in. */
export function makePrivate({ caller }: Author, content: Content): void {
  const accountId = caller.person?.accountId
  if (accountId === undefined) return
  content.read.people.add(accountId)
  content.update.people.add(accountId)
}

/** Puts content into the trash. What stands below it moves up to where it stood (reported). */
export function trashContent(site: Site, content: Content): void {
  content.status = 'trashed'
  for (const child of contentBelow(site, content.id)) {
    if (child.type !== 'custom') child.parentId = content.parentId
  }
}

/** Takes content out of the trash; a parent that is gone is replaced by the home page (inferred). */
export function restoreContent(site: Site, content: Content): void {
  const { contents, spaces } = site.confluence
  content.status = 'current'
  const parent = contents.get(content.parentId ?? '')
  if (content.parentId !== null && parent?.status !== 'current') {
    content.parentId = spaces.get(content.spaceId)?.homepageId ?? null
  }
}

/** Takes content out of the world, with all that hangs on it. */
export function purgeContent(site: Site, content: Content): void {
  const { contents, properties, tasks, watchers } = site.confluence
  for (const attachment of attachmentsAt(site, content.id)) purgeAttachment(site, attachment)
  for (const { id } of commentsAt(site, content.id)) purgeComment(site, id)
  for (const { id } of tasksAt(site, content.id)) tasks.delete(id)
  properties.delete(content.id)
  watchers.delete(`content/${content.id}`)
  contents.delete(content.id)
  for (const inner of contentBelow(site, content.id)) if (inner.type === 'custom') purgeContent(site, inner)
}

/** Takes an attachment out of the world, with its bytes, comments and properties. */
export function purgeAttachment(site: Site, attachment: Attachment): void {
  const { attachments, files, properties } = site.confluence
  for (const { id } of commentsAt(site, attachment.id)) purgeComment(site, id)
  for (const { fileId } of attachment.versions) files.delete(fileId)
  properties.delete(attachment.id)
  attachments.delete(attachment.id)
}

/** Takes a comment out of the world, without its replies. */
export function purgeComment({ confluence }: Site, id: string): void {
  confluence.comments.delete(id)
  confluence.properties.delete(id)
}

/** Notes that somebody looked at content. */
export function noteView({ world, site }: Pick<Author, 'world' | 'site'>, view: ContentView): void {
  site.confluence.views.set(nextId(world, 'contentView', site.cloudId), view)
}

/** Puts a label on a thing; a label of the same name is the same label wherever it is (recorded ids). */
export function addLabel(
  { world, site, caller }: Pick<Author, 'world' | 'site'> & Partial<Pick<Author, 'caller'>>,
  { labels }: { readonly labels: Label[] },
  { prefix, name }: Pick<Label, 'prefix' | 'name'>,
): void {
  const ownerId = prefix === 'my' ? caller?.person?.accountId : undefined
  const key = [prefix, ...(ownerId === undefined ? [] : [ownerId]), name].join(':')
  const label: Label = site.confluence.labels.get(key) ?? {
    id: nextId(world, 'label', site.cloudId),
    prefix,
    name,
    ...(ownerId !== undefined && { ownerId }),
  }
  site.confluence.labels.set(key, label)
  if (!labels.includes(label)) labels.push(label)
}
