import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asId, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Holder } from '../world/jira-model.ts'

const plain: Readonly<Record<string, Holder>> = {
  anyone: { type: 'anyone' },
  applicationRole: { type: 'licensed' },
  assignee: { type: 'assignee' },
  projectLead: { type: 'lead' },
  reporter: { type: 'reporter' },
}

/** Who holds something, as the schemes write it: a type, and the id of what is meant in `value` (documented). */
export function holderView({ site }: Pick<Call, 'site'>, holder: Holder): Record<string, unknown> {
  if (holder.type === 'role') {
    const id = [...site.jira.roles.values()].find(({ name }) => name === holder.role)?.id ?? ''
    return { type: 'projectRole', parameter: id, value: id, expand: 'projectRole' }
  }
  if (holder.type === 'group') {
    const name = site.groups.get(holder.groupId)?.name ?? ''
    return { type: 'group', parameter: name, value: holder.groupId, expand: 'group' }
  }
  if (holder.type === 'person') {
    return { type: 'user', parameter: holder.accountId, value: holder.accountId, expand: 'user' }
  }
  if (holder.type === 'licensed') return { type: 'applicationRole' }
  return { type: holder.type === 'lead' ? 'projectLead' : holder.type }
}

/** Reads who holds something. Security levels name the same kinds, without `value`. */
export function readHolder({ site }: Pick<Call, 'site'>, given: unknown): Holder {
  const body: JsonObject = asObject(given) ?? {}
  const type = asText(body['type']) ?? ''
  const parameter = asId(body['value']) ?? asId(body['parameter']) ?? ''
  const simple = plain[type]
  if (simple) return simple
  if (type === 'projectRole' || type === 'projectrole') {
    const role = site.jira.roles.get(parameter)
    if (role) return { type: 'role', role: role.name }
  }
  if (type === 'group') {
    const found = [...site.groups.values()].find(({ id, name }) => id === parameter || name === parameter)
    if (found) return { type: 'group', groupId: found.id }
  }
  if (type === 'user' && site.members.has(parameter)) return { type: 'person', accountId: parameter }
  return refuse(
    jiraError(400, [`The holder '${type}' with the parameter '${parameter}' is not known, or is not there.`]),
  )
}
