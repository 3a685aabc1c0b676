import {
  assignPermissionScheme,
  createPermissionGrant,
  createPermissionScheme,
  deletePermissionScheme,
  deletePermissionSchemeEntity,
  getAllPermissionSchemes,
  getAssignedPermissionScheme,
  getPermissionScheme,
  getPermissionSchemeGrant,
  getPermissionSchemeGrants,
  updatePermissionScheme,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { PermissionGrant, PermissionScheme, ProjectPermission } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { holderView, readHolder } from './holders.ts'
import { isProjectPermission } from './permission-table.ts'
import { freeName } from './ranked.ts'
import { administer, administeredProject, signedIn } from './rights.ts'
import { rest } from './view.ts'

/** A grant with what it grants. */
interface Granted {
  readonly permission: ProjectPermission
  readonly grant: PermissionGrant
}

const grantsOf = ({ grants }: PermissionScheme): readonly Granted[] =>
  [...grants].flatMap(([permission, holders]) => holders.map((grant) => ({ permission, grant })))

function grantView(
  call: Call,
  { id }: PermissionScheme,
  { permission, grant }: Granted,
): Record<string, unknown> {
  return {
    id: Number(grant.id),
    self: rest(call, `permissionscheme/${id}/permission/${grant.id}`),
    holder: holderView(call, grant),
    permission,
  }
}

/** The grants are in it when they were asked for (documented: `expand`). */
function view(call: Call, scheme: PermissionScheme, whole = wantsGrants(call)): Record<string, unknown> {
  const { id, name, description = '' } = scheme
  return {
    expand: 'permissions,user,group,projectRole,field,all',
    id: Number(id),
    self: rest(call, `permissionscheme/${id}`),
    name,
    description,
    ...(whole && { permissions: grantsOf(scheme).map((granted) => grantView(call, scheme, granted)) }),
  }
}

const wantsGrants = ({ query }: Call): boolean =>
  query.list('expand').some((name) => name === 'permissions' || name === 'all')

function schemeOf(call: Call, id = call.path['schemeId'] ?? ''): PermissionScheme {
  const found = call.site.jira.schemes.get(id)
  return found ?? refuse(jiraError(404, [`The permission scheme with id ${id} was not found.`]))
}

function readGrant(call: Call, given: JsonObject): Granted {
  const permission = asText(given['permission']) ?? ''
  if (!isProjectPermission(permission)) {
    return refuse(jiraError(400, [`The permission '${permission}' is not known.`]))
  }
  const holder = readHolder(call, given['holder'])
  return { permission, grant: { ...holder, id: nextId(call.world, 'grant', call.site.cloudId) } }
}

function add({ grants }: PermissionScheme, { permission, grant: added }: Granted): void {
  grants.set(permission, [...(grants.get(permission) ?? []), added])
}

function create(call: Call): Reply {
  administer(call)
  const { schemes } = call.site.jira
  const body = bodyOf(call)
  const granted = (asList(body['permissions']) ?? []).map((one) => readGrant(call, asObject(one) ?? {}))
  const scheme: PermissionScheme = {
    name: freeName(schemes.values(), body),
    description: asText(body['description']) ?? '',
    grants: new Map(),
    id: nextId(call.world, 'part', call.site.cloudId),
  }
  for (const one of granted) add(scheme, one)
  schemes.set(scheme.id, scheme)
  return json(201, view(call, scheme, true))
}

function update(call: Call): Reply {
  administer(call)
  const scheme = schemeOf(call)
  const body = bodyOf(call)
  const granted = asList(body['permissions'])?.map((one) => readGrant(call, asObject(one) ?? {}))
  scheme.name = freeName(call.site.jira.schemes.values(), body, scheme)
  scheme.description = asText(body['description']) ?? scheme.description ?? ''
  if (granted) {
    scheme.grants.clear()
    for (const one of granted) add(scheme, one)
  }
  return ok(view(call, scheme))
}

function grantOf(call: Call, scheme: PermissionScheme): Granted {
  const id = call.path['permissionId'] ?? ''
  const found = grantsOf(scheme).find((granted) => granted.grant.id === id)
  return found ?? refuse(jiraError(404, [`The permission grant with id ${id} was not found.`]))
}

export const permissionSchemeHandlers: readonly Served[] = [
  serve(getAllPermissionSchemes, ['expand'], (call) => {
    signedIn(call)
    const schemes = [...call.site.jira.schemes.values()]
    return ok({ permissionSchemes: schemes.map((scheme) => view(call, scheme)) })
  }),
  serve(getPermissionScheme, ['expand'], (call) => {
    signedIn(call)
    return ok(view(call, schemeOf(call)))
  }),
  serve(createPermissionScheme, ['expand'], create),
  serve(updatePermissionScheme, ['expand'], update),
  serve(deletePermissionScheme, [], (call) => {
    administer(call)
    const { id } = schemeOf(call)
    const used = [...call.site.jira.projects.values()].some(({ schemeId }) => schemeId === id)
    if (used) return jiraError(403, ['The scheme is used by a project and cannot be deleted.'])
    call.site.jira.schemes.delete(id)
    return empty()
  }),
  serve(getPermissionSchemeGrants, ['expand'], (call) => {
    signedIn(call)
    const scheme = schemeOf(call)
    const permissions = grantsOf(scheme).map((granted) => grantView(call, scheme, granted))
    return ok({ permissions, expand: 'user,group,projectRole,field,all' })
  }),
  serve(getPermissionSchemeGrant, ['expand'], (call) => {
    signedIn(call)
    const scheme = schemeOf(call)
    return ok(grantView(call, scheme, grantOf(call, scheme)))
  }),
  serve(createPermissionGrant, ['expand'], (call) => {
    administer(call)
    const scheme = schemeOf(call)
    const granted = readGrant(call, bodyOf(call))
    add(scheme, granted)
    return json(201, grantView(call, scheme, granted))
  }),
  serve(deletePermissionSchemeEntity, [], (call) => {
    administer(call)
    const scheme = schemeOf(call)
    const { permission, grant: gone } = grantOf(call, scheme)
    const others = (scheme.grants.get(permission) ?? []).filter((one) => one !== gone)
    scheme.grants.set(permission, others)
    return empty()
  }),
  serve(getAssignedPermissionScheme, ['expand'], (call) => {
    const project = administeredProject(call, call.path['projectKeyOrId'])
    return ok(view(call, schemeOf(call, project.schemeId)))
  }),
  serve(assignPermissionScheme, ['expand'], (call) => {
    administer(call)
    const project = administeredProject(call, call.path['projectKeyOrId'])
    const scheme = schemeOf(call, asId(bodyOf(call)['id']) ?? '')
    project.schemeId = scheme.id
    return ok(view(call, scheme))
  }),
]
