import {
  createRelatedWork,
  createVersion,
  deleteAndReplaceVersion,
  deleteRelatedWork,
  deleteVersion,
  getRelatedWork,
  getVersion,
  getVersionRelatedIssues,
  getVersionUnresolvedIssues,
  mergeVersions,
  moveVersion,
  updateRelatedWork,
  updateVersion,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Project, RelatedWork, Version } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { isDay } from './fields/time-fields.ts'
import { findProject, visibleIssue } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { fullVersion } from './project-view.ts'
import { administeredProject, mayRun } from './rights.ts'
import { rest } from './view.ts'

interface Place {
  readonly version: Version
  readonly project: Project
}

/** A version of a project that the caller may see, or may administer. */
function versionOf(call: Call, id: string | undefined, purpose: 'read' | 'write' = 'read'): Place {
  const { site, caller } = call
  for (const project of site.jira.projects.values()) {
    const version = project.versions.find((one) => one.id === id)
    if (!version || !may(caller, 'BROWSE_PROJECTS', { site, project })) continue
    if (purpose === 'read' || mayRun(call, project)) return { version, project }
    break
  }
  return refuse(jiraError(404, [`Could not find version for id '${id ?? ''}'`]))
}

const inside = (call: Call): Place => versionOf(call, call.path['id'])
const owned = (call: Call): Place => versionOf(call, call.path['id'], 'write')

function readDay(body: JsonObject, name: string): string | undefined {
  const text = asText(body[name])
  if (text !== undefined && text !== '' && !isDay(text)) {
    refuse(jiraError(400, [], { [name]: `Please enter the date in the following format: yyyy-MM-dd` }))
  }
  return text
}

function checkName(project: Project, name: string, self?: Version): string {
  if (name.trim() === '') refuse(jiraError(400, [], { name: 'You must specify a valid version name' }))
  if (name.length > 255)
    refuse(jiraError(400, [], { name: 'The version name is longer than 255 characters.' }))
  const taken = project.versions.some((one) => one !== self && one.name.toLowerCase() === name.toLowerCase())
  return taken
    ? refuse(jiraError(400, [], { name: 'A version with this name already exists in this project.' }))
    : name
}

/** What a body says of a version; what it does not name stays as it is. */
function changesIn(body: JsonObject): Partial<Version> {
  const [startDate, releaseDate] = [readDay(body, 'startDate'), readDay(body, 'releaseDate')]
  if (startDate && releaseDate && startDate > releaseDate) {
    refuse(jiraError(400, [], { startDate: 'The start date has to be before the release date.' }))
  }
  const { released, archived } = body
  const [description, driver] = [asText(body['description']), asText(body['driver'])]
  return {
    ...(description !== undefined && { description }),
    ...(typeof released === 'boolean' && { released }),
    ...(typeof archived === 'boolean' && { archived }),
    ...(startDate !== undefined && { startDate }),
    ...(releaseDate !== undefined && { releaseDate }),
    ...(driver !== undefined && { driver }),
  }
}

function create(call: Call): Reply {
  const body = bodyOf(call)
  const name = asId(body['projectId']) ?? asText(body['project'])
  if (name === undefined || !findProject(call.site, name)) {
    return jiraError(404, [], { projectId: 'You must specify the project of the version.' })
  }
  const project = administeredProject(call, name)
  const version: Version = {
    id: nextId(call.world, 'part', call.site.cloudId),
    name: checkName(project, asText(body['name']) ?? ''),
    description: '',
    released: false,
    archived: false,
    ...changesIn(body),
  }
  project.versions.push(version)
  return json(201, fullVersion(call, project, version))
}

/** The issues that have a version, in one of the two fields that hold versions. */
const issuesWith = (
  { site }: Call,
  { id }: Version,
  list: 'fixVersionIds' | 'versionIds',
): readonly Issue[] => [...site.jira.issues.values()].filter((issue) => issue[list].includes(id))

/** Puts another version, or none, in the place of one. */
function replaceIn(
  call: Call,
  version: Version,
  { list, by }: { readonly list: 'fixVersionIds' | 'versionIds'; readonly by: Version | undefined },
): void {
  const now = call.clock.now()
  for (const issue of issuesWith(call, version, list)) {
    const before = traceOf(call, issue)
    const others = issue[list].filter((id) => id !== version.id && id !== by?.id)
    issue[list] = by ? [...others, by.id] : others
    recordChanges(call, issue, { before, now })
  }
}

function update(call: Call): Reply {
  const { version, project } = owned(call)
  const body = bodyOf(call)
  const name = asText(body['name'])
  const changes = changesIn(body)
  if (name !== undefined) version.name = checkName(project, name, version)
  Object.assign(version, changes)
  const target = asText(body['moveUnfixedIssuesTo'])?.split('/').at(-1)
  if (target !== undefined) {
    const by = project.versions.find(({ id }) => id === target)
    if (!by)
      return jiraError(400, [], { moveUnfixedIssuesTo: 'The version to move issues to does not exist.' })
    moveUnfixed(call, version, by)
  }
  return ok(fullVersion(call, project, version))
}

/** Issues that are not resolved go on to another version when one is released (documented). */
function moveUnfixed(call: Call, version: Version, by: Version): void {
  const now = call.clock.now()
  for (const issue of issuesWith(call, version, 'fixVersionIds')) {
    if (issue.resolutionId !== null) continue
    const before = traceOf(call, issue)
    issue.fixVersionIds = [...new Set(issue.fixVersionIds.map((id) => (id === version.id ? by.id : id)))]
    recordChanges(call, issue, { before, now })
  }
}

/** Takes a version away; its issues get another one of the project, or none. */
function drop(
  call: Call,
  { version, project }: Place,
  targets: { readonly fix?: string; readonly affected?: string },
): Reply {
  const target = (id: string | undefined): Version | undefined => {
    if (id === undefined) return undefined
    const found = project.versions.find((one) => one.id === id && one !== version)
    return found ?? refuse(jiraError(400, [`The version with id '${id}' cannot take the issues over.`]))
  }
  const [fix, affected] = [target(targets.fix), target(targets.affected)]
  replaceIn(call, version, { list: 'fixVersionIds', by: fix })
  replaceIn(call, version, { list: 'versionIds', by: affected })
  project.versions.splice(project.versions.indexOf(version), 1)
  return empty()
}

/** Puts a version right after another one, or earlier, later, first or last (documented). */
function move(call: Call): Reply {
  const { version, project } = owned(call)
  const { after, position } = bodyOf(call)
  const { versions } = project
  const here = versions.indexOf(version)
  const others = versions.filter((one) => one !== version)
  const previous = others.findIndex(({ id }) => id === asText(after)?.split('/').at(-1))
  const places: Readonly<Record<string, number>> = {
    First: 0,
    Last: others.length,
    Earlier: Math.max(0, here - 1),
    Later: Math.min(others.length, here + 1),
  }
  const place = after === undefined ? places[String(position)] : previous < 0 ? undefined : previous + 1
  if (place === undefined) return jiraError(400, ['Either after or a position has to be given.'])
  versions.splice(here, 1)
  versions.splice(place, 0, version)
  return ok(fullVersion(call, project, version))
}

function workOf(version: Version, id: string | undefined): RelatedWork {
  const work = version.relatedWork?.find((one) => one.id === id)
  return work ?? refuse(jiraError(404, [`Could not find related work with id '${id ?? ''}'`]))
}

const workView = ({ id, category, title, url }: RelatedWork): Record<string, unknown> => ({
  relatedWorkId: id,
  category,
  title,
  url,
})

function readWork(body: JsonObject): Omit<RelatedWork, 'id'> {
  const [category, title, url] = [asText(body['category']), asText(body['title']), asText(body['url'])]
  if (category === undefined || category === '') {
    return refuse(jiraError(400, ['The related work has to have a category.']))
  }
  if (url === undefined || !URL.canParse(url)) return refuse(jiraError(400, ['The url is not valid.']))
  return { category, title: title ?? '', url }
}

function addWork(call: Call): Reply {
  const { version } = owned(call)
  const work = { id: call.random.uuid('related-work'), ...readWork(bodyOf(call)) }
  version.relatedWork = [...(version.relatedWork ?? []), work]
  return json(201, workView(work))
}

export const versionHandlers: readonly Served[] = [
  serve(createVersion, [], create),
  serve(getVersion, ['expand'], (call) => {
    const { version, project } = inside(call)
    return ok(fullVersion(call, project, version))
  }),
  serve(updateVersion, [], update),
  serve(deleteVersion, ['moveFixIssuesTo', 'moveAffectedIssuesTo'], (call) => {
    const [fix, affected] = [call.query.text('moveFixIssuesTo'), call.query.text('moveAffectedIssuesTo')]
    return drop(call, owned(call), { ...(fix && { fix }), ...(affected && { affected }) })
  }),
  serve(deleteAndReplaceVersion, [], (call) => {
    const found = owned(call)
    const body = bodyOf(call)
    const [fix, affected] = [asId(body['moveFixIssuesTo']), asId(body['moveAffectedIssuesTo'])]
    const replacements = asList(body['customFieldReplacementList']) ?? []
    for (const one of replacements) {
      const { customFieldId, moveTo } = asObject(one) ?? {}
      const fieldId = `customfield_${asId(customFieldId) ?? ''}`
      for (const issue of call.site.jira.issues.values()) {
        if (issue.custom.get(fieldId) === found.version.id) issue.custom.set(fieldId, asId(moveTo))
      }
    }
    return drop(call, found, { ...(fix && { fix }), ...(affected && { affected }) })
  }),
  serve(mergeVersions, [], (call) => {
    const found = owned(call)
    const target = versionOf(call, call.path['moveIssuesTo'], 'write').version.id
    return drop(call, found, { fix: target, affected: target })
  }),
  serve(moveVersion, [], move),
  serve(getVersionRelatedIssues, [], (call) => {
    const { version } = inside(call)
    const visible = (list: 'fixVersionIds' | 'versionIds'): number =>
      issuesWith(call, version, list).filter(({ id }) => visibleIssue(call, id)).length
    return ok({
      self: rest(call, `version/${version.id}`),
      issuesFixedCount: visible('fixVersionIds'),
      issuesAffectedCount: visible('versionIds'),
      issueCountWithCustomFieldsShowingVersion: 0,
      customFieldUsage: [],
    })
  }),
  serve(getVersionUnresolvedIssues, [], (call) => {
    const { version } = inside(call)
    const fixed = issuesWith(call, version, 'fixVersionIds')
    return ok({
      self: rest(call, `version/${version.id}`),
      issuesCount: fixed.length,
      issuesUnresolvedCount: fixed.filter(({ resolutionId }) => resolutionId === null).length,
    })
  }),
  serve(getRelatedWork, [], (call) => ok((inside(call).version.relatedWork ?? []).map(workView))),
  serve(createRelatedWork, [], addWork),
  serve(updateRelatedWork, [], (call) => {
    const { version } = owned(call)
    const body = bodyOf(call)
    const work = workOf(version, asText(body['relatedWorkId']))
    return ok(workView(Object.assign(work, readWork(body))))
  }),
  serve(deleteRelatedWork, [], (call) => {
    const { version } = versionOf(call, call.path['versionId'], 'write')
    const work = workOf(version, call.path['relatedWorkId'])
    version.relatedWork = (version.relatedWork ?? []).filter((one) => one !== work)
    return empty()
  }),
]
