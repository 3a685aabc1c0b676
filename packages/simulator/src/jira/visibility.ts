import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asId, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Issue, Project, Visibility } from '../world/jira-model.ts'
import { belongsTo } from '../world/permissions.ts'

/**
 * For whom a comment or worklog is kept: a role by name or id, a group by name or id. People can keep things only for
 * those they belong to themselves (documented; the sentences are inferred).
 */
export function readVisibility(
  call: Pick<Call, 'site' | 'caller'>,
  body: JsonObject,
  place: { readonly issue?: Issue; readonly project: Project },
): Visibility | undefined {
  const given = asObject(body['visibility'])
  if (!given) return undefined
  const wanted = asId(given['identifier']) ?? asText(given['value']) ?? ''
  const { site } = call
  const { type } = given
  if (type !== 'role' && type !== 'group') {
    return refuse(jiraError(400, [], { commentLevel: 'The type of a visibility has to be role or group.' }))
  }
  const known = type === 'role' ? site.jira.roles.values() : site.groups.values()
  const found = [...known].find(({ id, name }) => id === wanted || name === wanted)
  const words = type === 'role' ? 'Role' : 'Group'
  if (!found) return refuse(jiraError(400, [], { commentLevel: `${words}: ${wanted} does not exist` }))
  const visibility: Visibility = { type, identifier: type === 'role' ? found.name : found.id }
  return belongsTo(call.caller, visibility, { site, ...place })
    ? visibility
    : refuse(
        jiraError(400, [], { commentLevel: `You are currently not a member of the ${type}: ${found.name}.` }),
      )
}

/** A visibility as it stands in an answer: by name, and by id (documented). */
export function visibilityView(
  { site }: Pick<Call, 'site'>,
  { type, identifier }: Visibility,
): Record<string, unknown> {
  if (type === 'group') {
    return { type, value: site.groups.get(identifier)?.name ?? identifier, identifier }
  }
  return { type, value: identifier, identifier }
}
