import { getCreateIssueMetaIssueTypeId, getCreateIssueMetaIssueTypes } from '@telamon/jira/operations'
import { isAtlassianError } from '@telamon/rest'
import { oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, matching, quoted, some } from '../names/nearest.ts'
import { isProjectKey, projectKeyOf, projectOperations } from '../names/projects.ts'
import { writableField } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** The operations that finding out what can be created may call. */
export const createOperations = [
  getCreateIssueMetaIssueTypes,
  getCreateIssueMetaIssueTypeId,
  ...projectOperations,
] as const

/** A type of issue that can be created in a project. */
export interface CreatableType {
  readonly id: string
  readonly name: string
}

/** A project in which this person can create, and what. */
export interface CreatableProject {
  /** Its key, or its id when the caller gave that. */
  readonly key: string
  readonly types: readonly CreatableType[]
}

/**
 * The project that a caller means by key, id or name, with the types of issue that can be created there.
 *
 * @throws ToolError that says what there is when it is not there, or when this person may create nothing in it.
 */
export async function creatableProject(word: string, asking: Asking): Promise<CreatableProject> {
  const key = word.toUpperCase()
  const types = isProjectKey(word) ? await typesIn(key, asking) : undefined
  if (types) return { key, types }
  const named = await projectKeyOf(word, asking)
  return { key: named, types: (await typesIn(named, asking)) ?? mayNot(named) }
}

/** The types there are; undefined when there is no such project. */
async function typesIn(
  project: string,
  { jira, signal }: Asking,
): Promise<readonly CreatableType[] | undefined> {
  const types: CreatableType[] = []
  try {
    for await (const { id, name } of jira.issues.createTypes(project, { limit: 200, signal }))
      if (id !== undefined && name !== undefined) types.push({ id, name: oneLine(name) })
  } catch (error) {
    if (isAtlassianError(error, 'not_found')) return undefined
    if (!isAtlassianError(error, 'invalid_request') && !isAtlassianError(error, 'forbidden')) throw error
    mayNot(project, error)
  }
  return types.length === 0 ? mayNot(project) : types
}

function mayNot(project: string, cause?: unknown): never {
  throw new ToolError({
    code: 'forbidden',
    message: `This person may not create issues in ${project}.`,
    next: 'Call listJiraProjects with {"action":"create"} to see where they can.',
    cause,
  })
}

/**
 * The type of issue that a caller means, by name in any case or by id.
 *
 * @throws ToolError with the types there are.
 */
export function typeNamed({ key, types }: CreatableProject, word: string): CreatableType {
  const exact = types.find(({ id, name }) => fold(name) === fold(word) || id === word)
  if (exact) return exact
  throw new ToolError({
    code: 'invalid_input',
    message: `${key} has no type of issue called ${quoted(word)}.`,
    next: `Use one of these: ${some(nearestFirst(types, word))}.`,
  })
}

function nearestFirst(types: readonly CreatableType[], word: string): readonly string[] {
  const near = new Set(matching(types, word, ({ name }) => name))
  return [...near, ...types.filter((type) => !near.has(type))].map(({ name }) => name)
}

/** The fields of the screen on which an issue of a type is created, without project and type. */
export async function createFields(
  project: string,
  type: CreatableType,
  { jira, signal }: Asking,
): Promise<readonly WritableField[]> {
  const fields: WritableField[] = []
  for await (const field of jira.issues.createFields(project, type.id, { limit: 500, signal }))
    fields.push(writableField(field))
  return fields.filter(({ id }) => id !== 'project' && id !== 'issuetype')
}
