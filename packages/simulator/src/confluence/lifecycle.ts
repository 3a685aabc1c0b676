import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import type { Body, Content, ContentType, ContentVersion, Label, Space } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site } from '../world/model.ts'
import { settleAnchors } from './anchors.ts'
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
}

/** Puts content with its first version into the world. */
export function addContent(author: Author, given: NewContent): Content {
  const { world, site, clock, caller } = author
  const { space, title, body, ...rest } = given
  const id = nextId(world, 'content', site.cloudId)
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
    position: positionBelow(site, given.parentId),
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

/** The place after everything else below a parent. */
export function positionBelow(site: Site, parentId: string | null): number {
  let position = 0
  for (const other of site.confluence.contents.values()) if (other.parentId === parentId) position += 100
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
  for (const child of site.confluence.contents.values()) {
    if (child.parentId === content.id && child.type !== 'custom') child.parentId = content.parentId
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
  const { contents, comments, attachments, files, properties, tasks, watchers } = site.confluence
  const gone = new Set([content.id])
  for (const attachment of attachments.values()) {
    if (attachment.contentId !== content.id) continue
    gone.add(attachment.id)
    attachments.delete(attachment.id)
    for (const { fileId } of attachment.versions) files.delete(fileId)
  }
  for (const comment of comments.values()) {
    if (!gone.has(comment.contentId)) continue
    gone.add(comment.id)
    comments.delete(comment.id)
  }
  for (const task of tasks.values()) if (task.contentId === content.id) tasks.delete(task.id)
  for (const id of gone) properties.delete(id)
  watchers.delete(`content/${content.id}`)
  contents.delete(content.id)
  for (const inner of contents.values()) {
    if (inner.parentId === content.id && inner.type === 'custom') purgeContent(site, inner)
  }
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
