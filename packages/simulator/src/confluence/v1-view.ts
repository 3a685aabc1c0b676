import { avatarUrl } from '../auth/avatars.ts'
import type { Call } from '../http/call.ts'
import type { Label, Space } from '../world/confluence-model.ts'
import type { Group, Person } from '../world/model.ts'

/** How things look in version 1. Shapes are documented. */

/** An address of version 1, in `_expandable` and `_links.self`. */
export const address = (path: string): string => `/rest/api/${path}`

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

export function groupView({ id, name }: Group): Record<string, unknown> {
  return {
    type: 'group',
    name,
    id,
    usageType: 'USERBASE_GROUP',
    managedBy: 'ADMINS',
    _links: { self: address(`group/by-id?id=${id}`) },
  }
}
