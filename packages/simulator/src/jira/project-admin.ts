import {
  archiveProject,
  createProject,
  deleteProject,
  deleteProjectAsynchronously,
  getFeaturesForProject,
  restore,
  toggleFeatureForProject,
  updateProject,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asText, type JsonObject } from '../http/value.ts'
import type { Project } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { findProject } from './find.ts'
import { fullProject } from './project-full-view.ts'
import { removeProject } from './project-lifecycle.ts'
import { makeProject } from './project-making.ts'
import { keyProblem, nameProblem } from './project-names.ts'
import { administer, administeredProject } from './rights.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'
import { rest } from './view.ts'

const mistake = (member: string, sentence: string): never =>
  refuse(jiraError(400, [], { [member]: sentence }))

function leadIn({ site }: Call, body: JsonObject): string | undefined {
  const leadId = asText(body['leadAccountId'])
  if (leadId !== undefined && !site.members.has(leadId)) {
    mistake('projectLead', 'The project lead is not a valid user.')
  }
  return leadId
}

/** What a body says of a project besides its key, name and lead; schemes and categories have to be there. */
function settingsIn({ site }: Call, body: JsonObject): Partial<Project> {
  const { jira } = site
  const known: readonly (readonly [string, keyof Project, ReadonlyMap<string, unknown>])[] = [
    ['categoryId', 'categoryId', jira.projectCategories],
    ['permissionScheme', 'schemeId', jira.schemes],
    ['issueSecurityScheme', 'securitySchemeId', jira.securitySchemes],
    ['notificationScheme', 'notificationSchemeId', jira.notificationSchemes],
  ]
  const schemes = known.flatMap(([member, field, all]): [string, string | null][] => {
    const id = asId(body[member])
    if (id === undefined) return []
    if (id === '-1') return [[field, null]]
    return all.has(id) ? [[field, id]] : mistake(member, `There is no ${member} with id ${id}.`)
  })
  const { assigneeType } = body
  const [description, url] = [asText(body['description']), asText(body['url'])]
  return {
    ...Object.fromEntries(schemes),
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...((assigneeType === 'PROJECT_LEAD' || assigneeType === 'UNASSIGNED') && { assigneeType }),
  }
}

/** Templates of team-managed projects say so in their names (documented). */
const isTeamManaged = (template: string): boolean => template.includes('agility')

function create(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const [key, name] = [asText(body['key'])?.trim() ?? '', asText(body['name'])?.trim() ?? '']
  const problems = {
    ...(keyProblem(call.site, key) && { projectKey: keyProblem(call.site, key) ?? '' }),
    ...(nameProblem(call.site, name) && { projectName: nameProblem(call.site, name) ?? '' }),
  }
  if (Object.keys(problems).length > 0) return jiraError(400, [], problems)
  const leadId = leadIn(call, body)
  if (leadId === undefined)
    return jiraError(400, [], { projectLead: 'You must specify a valid project lead.' })
  const template = asText(body['projectTemplateKey']) ?? ''
  const type = body['projectTypeKey'] ?? 'software'
  if (type !== 'software' && type !== 'business') {
    return jiraError(400, [], {
      projectTypeKey: 'The application for this project type is not licensed here.',
    })
  }
  const { schemeId, ...settings } = settingsIn(call, body)
  const project = makeProject(call, {
    key,
    name,
    leadId,
    type,
    description: '',
    style: isTeamManaged(template) ? 'next-gen' : 'classic',
    ...(schemeId !== undefined && { schemeId }),
  })
  Object.assign(project, settings)
  return json(201, { self: rest(call, `project/${project.id}`), id: Number(project.id), key: project.key })
}

/** A new key goes through all issues; the old keys still lead to them (documented). */
function rekey({ site }: Call, project: Project, key: string): void {
  const { jira } = site
  project.key = key
  for (const issue of jira.issues.values()) {
    if (issue.projectId !== project.id) continue
    issue.key = `${key}-${issue.key.split('-').at(-1) ?? ''}`
    jira.keys.set(issue.key, issue.id)
  }
}

function update(call: Call): Reply {
  const project = administeredProject(call, call.path['projectIdOrKey'])
  const body = bodyOf(call)
  const [key, name, leadId] = [asText(body['key']), asText(body['name']), leadIn(call, body)]
  const settings = settingsIn(call, body)
  const keyWrong = key === undefined || key === project.key ? undefined : keyProblem(call.site, key)
  const nameWrong = name === undefined || name === project.name ? undefined : nameProblem(call.site, name)
  if (keyWrong) mistake('projectKey', keyWrong)
  if (nameWrong) mistake('projectName', nameWrong)
  Object.assign(project, settings)
  project.name = name ?? project.name
  project.leadId = leadId ?? project.leadId
  if (key !== undefined && key !== project.key) rekey(call, project, key)
  return ok(fullProject(call, project))
}

/** Any project at all, for administrators of Jira: those in the trash are visible to nobody else. */
function anyProject(call: Call): Project {
  administer(call)
  const name = call.path['projectIdOrKey'] ?? ''
  return (
    findProject(call.site, name) ??
    refuse(jiraError(404, [`No project could be found with ${/^\d+$/.test(name) ? 'id' : 'key'} '${name}'.`]))
  )
}

function close(call: Call, project: Project, as: 'archived' | 'trashed'): Reply {
  project.closed = { as, at: call.clock.now(), by: call.caller.person?.accountId ?? null }
  return empty()
}

/** The switches of team-managed projects (documented: their keys; the names are ours). */
const features = {
  'jsw.agility.backlog': 'Backlog',
  'jsw.agility.sprints': 'Sprints',
  'jsw.agility.reports': 'Reports',
  'jsw.agility.roadmap': 'Timeline',
  'jsw.agility.releases': 'Releases',
  'jsw.agility.board': 'Board',
} as const

const onFromTheStart: ReadonlySet<string> = new Set(['jsw.agility.board', 'jsw.agility.roadmap'])

function featuresView(call: Call, project: Project): Record<string, unknown> {
  const { jira } = call.site
  return {
    features: Object.entries(features).map(([feature, name]) => ({
      projectId: Number(project.id),
      state:
        (jira.features.get(`${project.id}/${feature}`) ?? onFromTheStart.has(feature))
          ? 'ENABLED'
          : 'DISABLED',
      toggleLocked: feature === 'jsw.agility.board',
      feature,
      prerequisites: feature === 'jsw.agility.sprints' ? ['jsw.agility.backlog'] : [],
      localisedName: name,
      localisedDescription: name,
      imageUri: '',
    })),
  }
}

function teamManaged(call: Call): Project {
  const project = administeredProject(call, call.path['projectIdOrKey'])
  if (project.style === 'next-gen') return project
  return refuse(jiraError(400, ['Only team-managed projects have features that can be switched.']))
}

function toggle(call: Call): Reply {
  const project = teamManaged(call)
  const feature = call.path['featureKey'] ?? ''
  const { state } = bodyOf(call)
  if (!Object.hasOwn(features, feature)) return jiraError(404, [`There is no feature '${feature}'.`])
  if (state !== 'ENABLED' && state !== 'DISABLED') {
    return jiraError(400, ['The state has to be ENABLED or DISABLED.'])
  }
  call.site.jira.features.set(`${project.id}/${feature}`, state === 'ENABLED')
  return ok(featuresView(call, project))
}

export const projectAdminHandlers: readonly Served[] = [
  serve(createProject, [], create),
  serve(updateProject, ['expand'], update),
  serve(deleteProject, ['enableUndo'], (call) => {
    const project = anyProject(call)
    if (call.query.flag('enableUndo', true)) return close(call, project, 'trashed')
    removeProject(call.site, project.id)
    return empty()
  }),
  serve(deleteProjectAsynchronously, [], (call) => {
    const project = anyProject(call)
    const items = [{ kind: 'deleteProject', id: project.id }]
    const task = submitTask(call, { description: `Delete project ${project.name}`, items })
    return json(303, taskView(call, task), { location: taskAddress(call, task) })
  }),
  serve(archiveProject, [], (call) => {
    const project = anyProject(call)
    if (project.closed?.as === 'trashed')
      return jiraError(400, ['A project in the trash cannot be archived.'])
    return close(call, project, 'archived')
  }),
  serve(restore, [], (call) => {
    const project = anyProject(call)
    delete project.closed
    return ok(fullProject(call, project))
  }),
  serve(getFeaturesForProject, [], (call) => ok(featuresView(call, teamManaged(call)))),
  serve(toggleFeatureForProject, [], toggle),
]
