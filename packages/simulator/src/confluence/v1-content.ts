import { bodyAs, bodyFormats } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import type { Attachment, Content, ContentComment, ContentVersion } from '../world/confluence-model.ts'
import { ancestorsOf } from '../world/permissions.ts'
import { commentsAt } from '../world/wiki-indexes.ts'
import { downloadPath } from './attachments.ts'
import { attachmentsOn } from './find.ts'
import { operationsOn } from './operations.ts'
import { propertiesOf } from './properties.ts'
import { isFavourite } from './relations.ts'
import { childrenOf } from './tree.ts'
import { restricted, restrictionView } from './v1-restriction-view.ts'
import { address, labelView, spaceView, userView } from './v1-view.ts'
import { newest, timeOf, titleOf, tinyId, visibleLabels, webui } from './view.ts'

/** How content looks in version 1 (documented). */

type Expand = ReadonlySet<string>

/** Whether a member is asked for, by itself or by something in it. */
function asksFor(expand: Expand, name: string): boolean {
  return expand.has(name) || [...expand].some((path) => path.startsWith(`${name}.`))
}

const nothing: Expand = new Set()

/** A version. */
export function versionView(
  call: Call,
  { authorId, createdAt, message, number, minorEdit }: Omit<ContentVersion, 'title' | 'body'>,
): Record<string, unknown> {
  const editor = call.world.people.get(authorId)
  return {
    ...(editor && { by: userView(call, editor) }),
    when: timeOf(createdAt),
    friendlyWhen: timeOf(createdAt).slice(0, 10),
    message,
    number,
    minorEdit,
    contentTypeModified: false,
    _expandable: { content: '', collaborators: '' },
  }
}

/** A list inside of another thing. */
export function innerList(results: readonly unknown[], self: string): Record<string, unknown> {
  return { results, start: 0, limit: 200, size: results.length, _links: { self: address(self) } }
}

function historyOf(call: Call, content: Content, expand: Expand): Record<string, unknown> {
  const author = call.world.people.get(content.authorId)
  const owner = call.world.people.get(content.ownerId)
  const previous = content.versions.at(-2)
  const people = new Set(content.versions.map(({ authorId }) => authorId))
  const users = [...people].flatMap((accountId) => {
    const person = call.world.people.get(accountId)
    return person ? [userView(call, person)] : []
  })
  const asked = (name: string): boolean => asksFor(expand, `history.${name}`)
  return {
    latest: true,
    ...(author && { createdBy: userView(call, author) }),
    ...(asked('ownedBy') && owner && { ownedBy: userView(call, owner) }),
    createdDate: timeOf(content.createdAt),
    ...(asked('lastUpdated') && { lastUpdated: versionView(call, newest(content)) }),
    ...(asked('previousVersion') && previous && { previousVersion: versionView(call, previous) }),
    ...(asked('contributors') && {
      contributors: { publishers: { users, userKeys: [], userAccountIds: [...people] } },
    }),
    _expandable: { lastUpdated: '', previousVersion: '', contributors: '', nextVersion: '' },
    _links: { self: address(`content/${content.id}/history`) },
  }
}

function bodiesOf(version: ContentVersion, expand: Expand): Record<string, unknown> {
  const formats = bodyFormats.filter((format) => expand.has(`body.${format}`))
  return Object.fromEntries(
    formats.map((format) => [
      format,
      { ...bodyAs(version.body, format), embeddedContent: [], _expandable: { content: '' } },
    ]),
  )
}

function metadataOf(call: Call, content: Content, expand: Expand): Record<string, unknown> {
  const properties = propertiesOf(call, content.id)
  return {
    ...(expand.has('metadata.labels') && {
      labels: innerList(visibleLabels(call, content.labels).map(labelView), `content/${content.id}/label`),
    }),
    ...(asksFor(expand, 'metadata.currentuser') && {
      currentuser: { favourited: { isFavourite: isFavourite(call, `content/${content.id}`) } },
    }),
    ...(asksFor(expand, 'metadata.properties') && {
      properties: Object.fromEntries(
        properties
          .filter(({ key }) => expand.has(`metadata.properties.${key}`))
          .map(({ id, key, value }) => [key, { id, key, value }]),
      ),
    }),
  }
}

/** Comments on content, in the order they came. */
export function commentsOn({ site }: Pick<Call, 'site'>, { id }: Content): readonly ContentComment[] {
  return commentsAt(site, id)
}

function childrenView(call: Call, content: Content, expand: Expand): Record<string, unknown> {
  const path = `content/${content.id}/child`
  const asked = (name: string): boolean => asksFor(expand, `children.${name}`)
  const ofType = (type: string): readonly unknown[] =>
    childrenOf(call, content)
      .filter((child) => child.type === type)
      .map((child) => contentView(call, child, nothing))
  const tree = (['page', 'folder', 'whiteboard', 'database', 'embed'] as const).filter(asked)
  return {
    ...Object.fromEntries(tree.map((type) => [type, innerList(ofType(type), `${path}/${type}`)])),
    ...(asked('comment') && {
      comment: innerList(
        commentsOn(call, content).map((comment) => commentView(call, { comment, content })),
        `${path}/comment`,
      ),
    }),
    ...(asked('attachment') && {
      attachment: innerList(
        attachmentsOn(call, content).map((one) => attachmentView(call, one)),
        `${path}/attachment`,
      ),
    }),
    _expandable: { attachment: '', comment: '', page: '' },
    _links: { self: address(path) },
  }
}

/** What can be shown besides, when `expand` names it. */
function expanded(call: Call, content: Content, expand: Expand): Record<string, unknown> {
  const space = call.site.confluence.spaces.get(content.spaceId)
  const version = newest(content)
  return {
    ...(asksFor(expand, 'space') && space && { space: spaceView(call, space) }),
    ...(asksFor(expand, 'version') && { version: versionView(call, version) }),
    ...(asksFor(expand, 'history') && { history: historyOf(call, content, expand) }),
    ...(asksFor(expand, 'body') && { body: bodiesOf(version, expand) }),
    ...(asksFor(expand, 'metadata') && { metadata: metadataOf(call, content, expand) }),
    ...(asksFor(expand, 'ancestors') && {
      ancestors: ancestorsOf(call.site, content)
        .toReversed()
        .map((above) => contentView(call, above, nothing)),
    }),
    ...(asksFor(expand, 'operations') && {
      operations: operationsOn(call, content).filter(({ operation }) => operation !== 'view_analytics'),
    }),
    ...(asksFor(expand, 'children') && { children: childrenView(call, content, expand) }),
    ...(asksFor(expand, 'restrictions') && {
      restrictions: Object.fromEntries(
        restricted.map((operation) => [
          operation,
          restrictionView(call, content, {
            operation,
            expand: new Set([...expand].map((path) => path.replace(/^restrictions\.(?=read|update)/, ''))),
          }),
        ]),
      ),
    }),
    ...(asksFor(expand, 'container') && space && { container: spaceView(call, space) }),
  }
}

const expandable = [
  'container',
  'metadata',
  'restrictions',
  'history',
  'body',
  'version',
  'descendants',
  'space',
  'childTypes',
  'operations',
  'ancestors',
  'children',
]

const restOf = (shown: object): Record<string, string> =>
  Object.fromEntries(expandable.filter((name) => !(name in shown)).map((name) => [name, '']))

/** A page, a blog post, or anything else with a version of its own. */
export function contentView(call: Call, content: Content, expand: Expand): Record<string, unknown> {
  const shown = expanded(call, content, expand)
  const { id, type, status, customType } = content
  return {
    id,
    type: customType ?? type,
    status,
    title: titleOf(content),
    ...shown,
    extensions: { position: content.position },
    _expandable: restOf(shown),
    _links: {
      webui: webui(call.site, content),
      tinyui: `/x/${tinyId(id)}`,
      self: `${call.links.site}/wiki${address(`content/${id}`)}`,
      ...(expand.size > 0 && { base: `${call.links.site}/wiki`, context: '/wiki' }),
    },
  }
}

/** A comment as content. */
export function commentView(
  call: Call,
  { comment, content }: { readonly comment: ContentComment; readonly content: Content },
  expand: Expand = nothing,
): Record<string, unknown> {
  const version = newest(comment)
  const shown = {
    ...(asksFor(expand, 'version') && { version: versionView(call, version) }),
    ...(asksFor(expand, 'body') && { body: bodiesOf(version, expand) }),
    ...(asksFor(expand, 'container') && { container: contentView(call, content, nothing) }),
  }
  return {
    id: comment.id,
    type: 'comment',
    status: 'current',
    title: `Re: ${titleOf(content)}`,
    ...shown,
    extensions: { location: comment.kind },
    _expandable: { ...restOf(shown), container: address(`content/${content.id}`) },
    _links: {
      webui: `${webui(call.site, content)}?focusedCommentId=${comment.id}`,
      self: `${call.links.site}/wiki${address(`content/${comment.id}`)}`,
    },
  }
}

/** An attachment as content. */
export function attachmentView(call: Call, attachment: Attachment): Record<string, unknown> {
  const version = newest(attachment)
  const { title, mediaType, message, fileId, fileSize } = version
  const path = `content/${attachment.contentId}/child/attachment/${attachment.id}`
  return {
    id: attachment.id,
    type: 'attachment',
    status: attachment.status,
    title,
    version: versionView(call, version),
    metadata: {
      mediaType,
      comment: message,
      labels: innerList(attachment.labels.map(labelView), `content/${attachment.id}/label`),
    },
    extensions: {
      mediaType,
      fileSize,
      comment: message,
      fileId,
      collectionName: `contentId-${attachment.contentId}`,
      mediaTypeDescription: '',
    },
    _expandable: {
      ...restOf({ version, metadata: true }),
      container: address(`content/${attachment.contentId}`),
    },
    _links: {
      webui: `/pages/viewpageattachments.action?pageId=${attachment.contentId}`,
      self: `${call.links.site}/wiki${address(path)}`,
      download: downloadPath(attachment, version),
    },
  }
}
