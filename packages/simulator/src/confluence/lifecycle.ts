import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import type { Body, Content, ContentType, Label, Space } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site } from '../world/model.ts'

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
}

/** Puts content with its first version into the world. */
export function addContent(
  { world, site, clock, caller }: Author,
  { type, space, parentId, status, title, body }: NewContent,
): Content {
  const id = nextId(world, 'content', site.cloudId)
  const authorId = caller.person?.accountId ?? ''
  const createdAt = clock.now()
  const siblings = [...site.confluence.contents.values()].filter((other) => other.parentId === parentId)
  const content: Content = {
    id,
    type,
    spaceId: space.id,
    parentId,
    status,
    ownerId: authorId,
    authorId,
    createdAt,
    position: siblings.length * 100,
    versions: [{ number: 1, message: '', minorEdit: false, authorId, createdAt, title, body }],
    labels: [],
    read: { people: new Set(), groups: new Set() },
    update: { people: new Set(), groups: new Set() },
    likes: new Set(),
  }
  site.confluence.contents.set(id, content)
  return content
}

/** Puts a label on content; a label of the same name is the same label wherever it is (recorded ids). */
export function addLabel(
  { world, site }: Pick<Author, 'world' | 'site'>,
  content: Content,
  { prefix, name }: Pick<Label, 'prefix' | 'name'>,
): void {
  const key = `${prefix}:${name}`
  const label: Label = site.confluence.labels.get(key) ?? {
    id: nextId(world, 'label', site.cloudId),
    prefix,
    name,
  }
  site.confluence.labels.set(key, label)
  if (!content.labels.includes(label)) content.labels.push(label)
}
