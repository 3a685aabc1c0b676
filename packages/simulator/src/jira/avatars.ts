import {
  getAllSystemAvatars,
  getAvatarImageById,
  getAvatarImageByOwner,
  getAvatarImageByType,
  getAvatars,
} from '@telamon/jira/operations'

import { drawAvatar } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { rest } from './view.ts'

/** The pictures that the site brings along, by what they are for (recorded: the first numbers of two kinds). */
const system = {
  issuetype: [10_300, 10_303, 10_307, 10_315, 10_316, 10_318],
  project: Array.from({ length: 24 }, (_, place) => 10_400 + place),
  priority: [10_200, 10_201, 10_202, 10_203, 10_204],
  user: [10_334, 10_335, 10_336],
} as const

const sizes = { '48x48': '', '24x24': '?size=small', '16x16': '?size=xsmall', '32x32': '?size=medium' }

function typeIn({ path }: Call): keyof typeof system {
  const type = path['type'] ?? ''
  if (type === 'issuetype' || type === 'project' || type === 'priority' || type === 'user') return type
  return refuse(jiraError(404, [`There are no avatars of the type '${type}'.`]))
}

function view(call: Call, id: number, selected: number | undefined): Record<string, unknown> {
  const address = rest(call, `universal_avatar/view/type/${typeIn(call)}/avatar/${id}`)
  return {
    id: String(id),
    isSystemAvatar: true,
    isSelected: id === selected,
    isDeletable: false,
    urls: Object.fromEntries(Object.entries(sizes).map(([size, query]) => [size, `${address}${query}`])),
  }
}

/** The picture that an issue type or a project has. */
function selectedBy({ site, path }: Call, type: keyof typeof system): number | undefined {
  const id = path['entityId'] ?? ''
  const { issueTypes, projects } = site.jira
  if (type === 'issuetype') return issueTypes.get(id)?.avatarId
  return type === 'project' ? projects.get(id)?.avatarId : undefined
}

/** Every picture is drawn, and says what it is for (simulated). */
function draw(call: Call, id: number | undefined): Reply {
  const type = typeIn(call)
  const { issueTypes, projects } = call.site.jira
  const named = [...(type === 'project' ? projects : issueTypes).values()].find(
    ({ avatarId }) => avatarId === id,
  )
  return {
    status: 200,
    text: drawAvatar(named?.name ?? `${type} ${id ?? ''}`),
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" },
  }
}

export const avatarHandlers: readonly Served[] = [
  serve(getAllSystemAvatars, [], (call) =>
    ok({ system: system[typeIn(call)].map((id) => view(call, id, undefined)) }),
  ),
  serve(getAvatars, [], (call) => {
    const type = typeIn(call)
    const selected = selectedBy(call, type)
    if (selected === undefined) return jiraError(404, ['The owner of the avatars was not found.'])
    return ok({ system: system[type].map((id) => view(call, id, selected)), custom: [] })
  }),
  serve(getAvatarImageByType, ['size', 'format'], (call) => draw(call, system[typeIn(call)][0])),
  serve(getAvatarImageById, ['size', 'format'], (call) => draw(call, Number(call.path['id']))),
  serve(getAvatarImageByOwner, ['size', 'format'], (call) => {
    const selected = selectedBy(call, typeIn(call))
    return selected === undefined
      ? jiraError(404, ['The owner of the avatar was not found.'])
      : draw(call, selected)
  }),
]
