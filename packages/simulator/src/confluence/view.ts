import { bodyAs, type BodyFormat } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import type { Content, ContentVersion, Label } from '../world/confluence-model.ts'
import type { Site } from '../world/model.ts'

/** How content looks in version 2. Shapes are recorded unless a line says otherwise. */

/** A date-time as Confluence writes it. */
export function timeOf(instant: number): string {
  return new Date(instant).toISOString()
}

/** The newest state of a piece of content. */
export function newest<Version>({ versions }: { readonly versions: readonly Version[] }): Version {
  const last = versions.at(-1)
  if (!last) throw new Error('Content without a version')
  return last
}

export const titleOf = (content: Content): string => newest(content).title

/** The short address of content: its number as four bytes, the lowest first, in base64 without the zeros (recorded). */
export function tinyId(id: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(Number(id) >>> 0)
  return bytes
    .toString('base64')
    .replace(/=+$/, '')
    .replace(/A+$/, '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** The id behind a short address; undefined for a text that cannot be one. */
export function idOfTiny(tiny: string): string | undefined {
  if (!/^[\w-]{1,6}$/.test(tiny)) return undefined
  const bytes = Buffer.from(tiny.padEnd(6, 'A').replaceAll('-', '+').replaceAll('_', '/'), 'base64')
  return bytes.length >= 4 ? String(bytes.readUInt32LE(0)) : undefined
}

/** Words in an address: spaces as plus signs (recorded). */
const plus = (title: string): string => encodeURIComponent(title).replaceAll('%20', '+')

/** The address for people, below `/wiki`. The home page of a space has the space's own (recorded). */
export function webui(site: Site, content: Content): string {
  const space = site.confluence.spaces.get(content.spaceId)
  const key = space?.key ?? ''
  if (space?.homepageId === content.id) return `/spaces/${key}/overview`
  if (content.type === 'page') return `/spaces/${key}/pages/${content.id}/${plus(titleOf(content))}`
  if (content.type !== 'blogpost') return `/spaces/${key}/${content.type}/${content.id}`
  const day = timeOf(content.createdAt).slice(0, 10).replaceAll('-', '/')
  return `/spaces/${key}/blog/${day}/${content.id}/${plus(titleOf(content))}`
}

function linksOf({ site, links }: Call, content: Content, single: boolean): Record<string, string> {
  const key = site.confluence.spaces.get(content.spaceId)?.key ?? ''
  const kind = content.type === 'blogpost' ? 'blog' : 'pages'
  return {
    editui: `/pages/resumedraft.action?draftId=${content.id}`,
    webui: webui(site, content),
    edituiv2: `/spaces/${key}/${kind}/edit-v2/${content.id}`,
    tinyui: `/x/${tinyId(content.id)}`,
    ...(single && { base: `${links.site}/wiki` }),
  }
}

/** A version, with what stands beside it in this place. */
export function versionView(
  version: Omit<ContentVersion, 'title' | 'body'>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { number, message, minorEdit, authorId, createdAt } = version
  return { number, message, minorEdit, authorId, createdAt: timeOf(createdAt), ...more }
}

export function labelView({ id, prefix, name }: Label): Record<string, unknown> {
  return { prefix, name, id }
}

/** Labels without other people's own ones. */
export function visibleLabels({ caller }: Pick<Call, 'caller'>, labels: readonly Label[]): readonly Label[] {
  return labels.filter(({ ownerId }) => ownerId === undefined || ownerId === caller.person?.accountId)
}

/** How a page or a blog post is to be shown. */
export interface ContentShape {
  /** Absent: the body is an empty object (recorded). */
  readonly format?: BodyFormat | undefined
  /** An object by itself has the base of its addresses; one in a list has not. */
  readonly single: boolean
  /** An older version in place of the newest. */
  readonly version?: ContentVersion | undefined
  /** Whether `version` is one that is not published. */
  readonly draft?: boolean
}

/** The body member: empty without a format. */
export function bodyView(
  version: Pick<ContentVersion, 'body'>,
  format: BodyFormat | undefined,
): Record<string, unknown> {
  return format === undefined ? {} : { [format]: bodyAs(version.body, format) }
}

/** A page, or a blog post, which has no parent, owner and position (recorded, F-CF-17). */
export function contentView(
  call: Call,
  content: Content,
  { format, single, version, draft = false }: ContentShape,
): Record<string, unknown> {
  const shown = version ?? newest(content)
  const parent = call.site.confluence.contents.get(content.parentId ?? '')
  const isPage = content.type === 'page'
  return {
    ...(isPage && { parentType: parent?.type ?? null, parentId: parent?.id ?? null }),
    createdAt: timeOf(content.createdAt),
    ...(isPage && { ownerId: content.ownerId, lastOwnerId: content.lastOwnerId }),
    ...(content.subtype !== undefined && { subtype: content.subtype }),
    authorId: content.authorId,
    version: versionView(shown, { ncsStepVersion: String(shown.number) }),
    ...(isPage && { position: content.position }),
    spaceId: content.spaceId,
    status: draft ? 'draft' : content.status,
    body: bodyView(shown, format),
    title: shown.title,
    id: content.id,
    _links: linksOf(call, content, single),
  }
}

/** What stands in the tree beside pages: a folder, whiteboard, database or embed (documented). */
export function treeItemView(call: Call, item: Content): Record<string, unknown> {
  const parent = call.site.confluence.contents.get(item.parentId ?? '')
  return {
    id: item.id,
    type: item.type,
    status: item.status,
    title: titleOf(item),
    parentId: parent?.id ?? null,
    parentType: parent?.type ?? null,
    position: item.position,
    authorId: item.authorId,
    ownerId: item.ownerId,
    createdAt: timeOf(item.createdAt),
    ...(item.embedUrl !== undefined && { embedUrl: item.embedUrl }),
    spaceId: item.spaceId,
    version: versionView(newest(item)),
    _links: { webui: webui(call.site, item), base: `${call.links.site}/wiki` },
  }
}
