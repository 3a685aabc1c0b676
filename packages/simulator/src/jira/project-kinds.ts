import {
  createProjectCategory,
  getAccessibleProjectTypeByKey,
  getAllAccessibleProjectTypes,
  getAllProjectCategories,
  getAllProjectTypes,
  getProjectCategoryById,
  getProjectTypeByKey,
  removeProjectCategory,
  updateProjectCategory,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse } from '../http/reply.ts'
import { asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { ProjectCategory } from '../world/jira/site-model.ts'
import { bodyOf } from './body.ts'
import { administer, signedIn } from './rights.ts'
import { rest } from './view.ts'

/** The kinds of projects (documented: keys and names; the colours are inferred). */
const types = [
  { key: 'business', formattedKey: 'Business', color: '#1D7F8C' },
  { key: 'software', formattedKey: 'Software', color: '#F5A623' },
  { key: 'service_desk', formattedKey: 'Service Desk', color: '#67AB49' },
].map((type) =>
  Object.assign(type, { descriptionI18nKey: `jira.project.type.${type.key}.description`, icon: '' }),
)

function typeOf({ path }: Call): (typeof types)[number] {
  const key = path['projectTypeKey'] ?? ''
  const found = types.find((type) => type.key === key)
  return found ?? refuse(jiraError(404, [`No project type with key '${key}' exists.`]))
}

function view(call: Call, { id, name, description }: ProjectCategory): Record<string, unknown> {
  return { self: rest(call, `projectCategory/${id}`), id, description, name }
}

function categoryOf(call: Call): ProjectCategory {
  const id = call.path['id'] ?? ''
  const found = call.site.jira.projectCategories.get(id)
  return found ?? refuse(jiraError(404, [`The project category with id ${id} could not be found.`]))
}

function nameIn({ site }: Call, body: JsonObject, self?: ProjectCategory): string {
  const name = asText(body['name'])?.trim() ?? self?.name ?? ''
  if (name === '') refuse(jiraError(400, [], { name: 'The name of the category must not be empty.' }))
  const taken = [...site.jira.projectCategories.values()].some((one) => one !== self && one.name === name)
  return taken ? refuse(jiraError(409, [], { name: `The category ${name} already exists.` })) : name
}

export const projectKindHandlers: readonly Served[] = [
  serve(getAllProjectTypes, [], () => ok(types)),
  serve(getAllAccessibleProjectTypes, [], () => ok(types)),
  serve(getProjectTypeByKey, [], (call) => ok(typeOf(call))),
  serve(getAccessibleProjectTypeByKey, [], (call) => {
    signedIn(call)
    return ok(typeOf(call))
  }),
  serve(getAllProjectCategories, [], (call) => {
    signedIn(call)
    return ok([...call.site.jira.projectCategories.values()].map((category) => view(call, category)))
  }),
  serve(getProjectCategoryById, [], (call) => {
    signedIn(call)
    return ok(view(call, categoryOf(call)))
  }),
  serve(createProjectCategory, [], (call) => {
    administer(call)
    const body = bodyOf(call)
    const category: ProjectCategory = {
      name: nameIn(call, body),
      description: asText(body['description']) ?? '',
      id: nextId(call.world, 'part', call.site.cloudId),
    }
    call.site.jira.projectCategories.set(category.id, category)
    return json(201, view(call, category))
  }),
  serve(updateProjectCategory, [], (call) => {
    administer(call)
    const category = categoryOf(call)
    const body = bodyOf(call)
    category.name = nameIn(call, body, category)
    category.description = asText(body['description']) ?? category.description
    return ok(view(call, category))
  }),
  serve(removeProjectCategory, [], (call) => {
    administer(call)
    const { id } = categoryOf(call)
    call.site.jira.projectCategories.delete(id)
    for (const project of call.site.jira.projects.values()) {
      if (project.categoryId === id) project.categoryId = null
    }
    return empty()
  }),
]
