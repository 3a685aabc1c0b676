import {
  addSecurityLevel,
  addSecurityLevelMembers,
  associateSchemesToProjects,
  createIssueSecurityScheme,
  deleteSecurityScheme,
  getIssueSecurityLevel,
  getIssueSecurityLevelMembers,
  getIssueSecurityScheme,
  getIssueSecuritySchemes,
  getProjectIssueSecurityScheme,
  getSecurityLevelMembers,
  getSecurityLevels,
  getSecurityLevelsForProject,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { SecurityLevel, SecurityMember, SecurityScheme } from '../world/jira/site-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { findProject, projectOf } from './find.ts'
import { holderView, readHolder } from './holders.ts'
import { pageBean, windowOf } from './page.ts'
import { freeName } from './ranked.ts'
import { administer, administeredProject, signedIn } from './rights.ts'
import { levelsFor, securityLevelView } from './security-levels.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'
import { rest } from './view.ts'

function schemeView(call: Call, scheme: SecurityScheme, whole: boolean): Record<string, unknown> {
  const { id, name, description, defaultLevelId, levels } = scheme
  return {
    self: rest(call, `issuesecurityschemes/${id}`),
    id: Number(id),
    name,
    description,
    ...(defaultLevelId !== null && { defaultSecurityLevelId: Number(defaultLevelId) }),
    ...(whole && { levels: levels.map((level) => securityLevelView(call, level)) }),
  }
}

function schemeOf(call: Call, id: string | undefined): SecurityScheme {
  const found = call.site.jira.securitySchemes.get(id ?? '')
  return found ?? refuse(jiraError(404, [`The issue security scheme with id ${id ?? ''} was not found.`]))
}

/** A level with the scheme it is in. */
interface Placed {
  readonly scheme: SecurityScheme
  readonly level: SecurityLevel
}

const allLevels = ({ site }: Call): readonly Placed[] =>
  [...site.jira.securitySchemes.values()].flatMap((scheme) =>
    scheme.levels.map((level) => ({ scheme, level })),
  )

const number = (call: Call): string => nextId(call.world, 'part', call.site.cloudId)

function readMembers(call: Call, given: unknown): SecurityMember[] {
  return (asList(given) ?? []).map((one) => ({ holder: readHolder(call, one), id: number(call) }))
}

/** Adds levels to a scheme; one of them may be the one that new issues get. */
function addLevels(call: Call, scheme: SecurityScheme, given: unknown): void {
  for (const one of asList(given) ?? []) {
    const body = asObject(one) ?? refuseBinding()
    const level: SecurityLevel = {
      name: freeName(scheme.levels, body),
      description: asText(body['description']) ?? '',
      members: readMembers(call, body['members']),
      id: number(call),
    }
    scheme.levels.push(level)
    if (body['isDefault'] === true) scheme.defaultLevelId = level.id
  }
}

function create(call: Call): Reply {
  administer(call)
  const { securitySchemes } = call.site.jira
  const body = bodyOf(call)
  const scheme: SecurityScheme = {
    name: freeName(securitySchemes.values(), body),
    description: asText(body['description']) ?? '',
    defaultLevelId: null,
    levels: [],
    id: number(call),
  }
  addLevels(call, scheme, body['levels'])
  securitySchemes.set(scheme.id, scheme)
  return json(201, { id: scheme.id })
}

/** Gives a project another scheme; its issues get the levels of the mapping, or none (documented: 303 to a task). */
function associate(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const project = findProject(call.site, asId(body['projectId']) ?? '')
  if (!project) return jiraError(404, ['The project was not found.'])
  const { id } = schemeOf(call, asId(body['schemeId']))
  const pairs = (asList(body['oldToNewSecurityLevelMappings']) ?? []).map((pair): [string, string] => {
    const { oldLevelId, newLevelId } = asObject(pair) ?? {}
    return [String(oldLevelId), String(newLevelId)]
  })
  const items = [
    { kind: 'secureProject', id: project.id, input: { schemeId: id, levels: Object.fromEntries(pairs) } },
  ]
  const task = submitTask(call, { description: 'Change the issue security scheme', items })
  return json(303, taskView(call, task), { location: taskAddress(call, task) })
}

/** Pages of these lists have their window in texts that are numbers (documented). */
const window = (call: Call): ReturnType<typeof windowOf> => windowOf(call, 50, 100)

interface PlacedMember extends Placed {
  readonly member: SecurityMember
}

const membersOf = (levels: readonly Placed[]): readonly PlacedMember[] =>
  levels.flatMap((placed) => placed.level.members.map((member) => ({ ...placed, member })))

const fits = (wanted: readonly string[], id: string): boolean => wanted.length === 0 || wanted.includes(id)

export const securityHandlers: readonly Served[] = [
  serve(getIssueSecuritySchemes, [], (call) => {
    administer(call)
    const schemes = [...call.site.jira.securitySchemes.values()]
    return ok({ issueSecuritySchemes: schemes.map((scheme) => schemeView(call, scheme, false)) })
  }),
  serve(getIssueSecurityScheme, [], (call) => {
    administer(call)
    return ok(schemeView(call, schemeOf(call, call.path['id']), true))
  }),
  serve(createIssueSecurityScheme, [], create),
  serve(deleteSecurityScheme, [], (call) => {
    administer(call)
    const { id } = schemeOf(call, call.path['schemeId'])
    const used = [...call.site.jira.projects.values()].some(({ securitySchemeId }) => securitySchemeId === id)
    if (used) return jiraError(400, ['The scheme is used by a project and cannot be deleted.'])
    call.site.jira.securitySchemes.delete(id)
    return empty()
  }),
  serve(addSecurityLevel, [], (call) => {
    administer(call)
    addLevels(call, schemeOf(call, call.path['schemeId']), bodyOf(call)['levels'])
    return empty()
  }),
  serve(addSecurityLevelMembers, [], (call) => {
    administer(call)
    const { levels } = schemeOf(call, call.path['schemeId'])
    const level = levels.find(({ id }) => id === call.path['levelId'])
    if (!level) return jiraError(404, ['The security level was not found.'])
    level.members.push(...readMembers(call, bodyOf(call)['members']))
    return empty()
  }),
  serve(associateSchemesToProjects, [], associate),
  serve(getSecurityLevels, ['startAt', 'maxResults', 'id', 'schemeId', 'onlyDefault'], (call) => {
    administer(call)
    const [ids, schemeIds] = [call.query.list('id'), call.query.list('schemeId')]
    const found = allLevels(call)
      .filter(({ scheme, level }) => fits(ids, level.id) && fits(schemeIds, scheme.id))
      .filter(({ scheme, level }) => !call.query.flag('onlyDefault') || scheme.defaultLevelId === level.id)
    const view = ({ scheme, level }: Placed): unknown => ({
      ...securityLevelView(call, level),
      isDefault: scheme.defaultLevelId === level.id,
      issueSecuritySchemeId: scheme.id,
    })
    const path = '/rest/api/3/issuesecurityschemes/level'
    return ok(pageBean(call, found, { path, window: window(call), view }))
  }),
  serve(getSecurityLevelMembers, ['startAt', 'maxResults', 'id', 'schemeId', 'levelId', 'expand'], (call) => {
    administer(call)
    const { query } = call
    const levels = allLevels(call).filter(
      ({ scheme, level }) => fits(query.list('schemeId'), scheme.id) && fits(query.list('levelId'), level.id),
    )
    const found = membersOf(levels).filter(({ member }) => fits(query.list('id'), member.id))
    const view = ({ scheme, level, member }: PlacedMember): unknown => ({
      id: member.id,
      issueSecurityLevelId: level.id,
      issueSecuritySchemeId: scheme.id,
      holder: holderView(call, member.holder),
    })
    const path = '/rest/api/3/issuesecurityschemes/level/member'
    return ok(pageBean(call, found, { path, window: window(call), view }))
  }),
  serve(getIssueSecurityLevelMembers, ['startAt', 'maxResults', 'issueSecurityLevelId', 'expand'], (call) => {
    administer(call)
    const scheme = schemeOf(call, call.path['issueSecuritySchemeId'])
    const ids = call.query.list('issueSecurityLevelId')
    const found = membersOf(scheme.levels.map((level) => ({ scheme, level }))).filter(({ level }) =>
      fits(ids, level.id),
    )
    const view = ({ level, member }: PlacedMember): unknown => ({
      id: Number(member.id),
      issueSecurityLevelId: Number(level.id),
      holder: holderView(call, member.holder),
    })
    const path = `/rest/api/3/issuesecurityschemes/${scheme.id}/members`
    return ok(pageBean(call, found, { path, window: windowOf(call, 50), view }))
  }),
  serve(getIssueSecurityLevel, [], (call) => {
    signedIn(call)
    const found = allLevels(call).find(({ level }) => level.id === call.path['id'])
    if (!found) return jiraError(404, ['The security level was not found.'])
    return ok(securityLevelView(call, found.level))
  }),
  serve(getSecurityLevelsForProject, [], (call) => {
    const project = projectOf(call, call.path['projectKeyOrId'])
    return ok({ levels: levelsFor(call, project).map((level) => securityLevelView(call, level)) })
  }),
  serve(getProjectIssueSecurityScheme, [], (call) => {
    const project = administeredProject(call, call.path['projectKeyOrId'])
    return ok(schemeView(call, schemeOf(call, project.securitySchemeId ?? ''), true))
  }),
]
