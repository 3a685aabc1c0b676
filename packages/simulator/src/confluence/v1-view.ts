import { avatarUrl } from '../auth/avatars.ts'
import { bodyAs, bodyFormats } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import type { Content, ContentComment, Label, Space } from '../world/confluence-model.ts'
import type { Person } from '../world/model.ts'
import { newest, timeOf, titleOf, tinyId, webui } from './view.ts'

/** How things look in version 1. Shapes are documented. */

/** An address of version 1, in `_expandable` and `_links.self`. */
const address = (path: string): string => `/rest/api/${path}`

/** A person. A hidden e-mail address is an empty text (inferred). */
export function userView(
  { origins, caller }: Pick<Call, 'origins' | 'caller'>,
  person: Person,
): Record<string, unknown> {
  const shown = !person.emailHidden || person.accountId === caller.person?.accountId
  return {
    type: 'known',
    accountId: person.accountId,
    accountType: person.accountType,
    email: shown ? person.email : '',
    publicName: person.displayName,
    profilePicture: { path: avatarUrl(origins, person), width: 48, height: 48, isDefault: false },
    displayName: person.displayName,
    timeZone: person.timeZone,
    isExternalCollaborator: false,
    isGuest: false,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: address(`user?accountId=${encodeURIComponent(person.accountId)}`) },
  }
}

export function labelView({ prefix, name, id }: Label): Record<string, unknown> {
  return { prefix, name, id, label: name }
}

export function spaceView(
  { links }: Pick<Call, 'links'>,
  { id, key, name, type, status }: Space,
): Record<string, unknown> {
  return {
    id: Number(id),
    key,
    alias: key,
    name,
    type,
    status,
    _expandable: {
      settings: address(`space/${key}/settings`),
      metadata: '',
      operations: '',
      lookAndFeel: address(`settings/lookandfeel?spaceKey=${key}`),
      permissions: '',
      icon: '',
      description: '',
      theme: address(`space/${key}/theme`),
      history: '',
      homepage: '',
      identifiers: '',
    },
    _links: { webui: `/spaces/${key}`, self: `${links.site}/wiki${address(`space/${key}`)}` },
  }
}

/** What can be shown besides, when `expand` names it. */
function expanded(call: Call, content: Content, expand: ReadonlySet<string>): Record<string, unknown> {
  const space = call.site.confluence.spaces.get(content.spaceId)
  const version = newest(content)
  const author = call.world.people.get(content.authorId)
  const editor = call.world.people.get(version.authorId)
  const formats = bodyFormats.filter((format) => expand.has(`body.${format}`))
  return {
    ...(expand.has('space') && space && { space: spaceView(call, space) }),
    ...(expand.has('version') && {
      version: {
        ...(editor && { by: userView(call, editor) }),
        when: timeOf(version.createdAt),
        message: version.message,
        number: version.number,
        minorEdit: version.minorEdit,
      },
    }),
    ...(expand.has('history') && {
      history: {
        latest: true,
        ...(author && { createdBy: userView(call, author) }),
        createdDate: timeOf(content.createdAt),
      },
    }),
    ...(formats.length > 0 && {
      body: Object.fromEntries(
        formats.map((format) => [format, { ...bodyAs(version.body, format), embeddedContent: [] }]),
      ),
    }),
    ...(expand.has('metadata.labels') && {
      metadata: {
        labels: { results: content.labels.map(labelView), start: 0, limit: 200, size: content.labels.length },
      },
    }),
  }
}

/** A page, blog post or folder. */
export function contentView(
  call: Call,
  content: Content,
  expand: ReadonlySet<string>,
): Record<string, unknown> {
  const shown = expanded(call, content, expand)
  const names = [
    'space',
    'version',
    'history',
    'body',
    'metadata',
    'ancestors',
    'children',
    'descendants',
    'restrictions',
    'operations',
  ]
  return {
    id: content.id,
    type: content.type,
    status: content.status,
    title: titleOf(content),
    ...shown,
    _expandable: Object.fromEntries(names.filter((name) => !(name in shown)).map((name) => [name, ''])),
    _links: {
      webui: webui(call.site, content),
      tinyui: `/x/${tinyId(content.id)}`,
      self: `${call.links.site}/wiki${address(`content/${content.id}`)}`,
    },
  }
}

/** A comment as content. */
export function commentView(call: Call, comment: ContentComment, content: Content): Record<string, unknown> {
  return {
    id: comment.id,
    type: 'comment',
    status: 'current',
    title: `Re: ${titleOf(content)}`,
    _expandable: { container: address(`content/${content.id}`), body: '', version: '' },
    _links: {
      webui: `${webui(call.site, content)}?focusedCommentId=${comment.id}`,
      self: `${call.links.site}/wiki${address(`content/${comment.id}`)}`,
    },
  }
}
