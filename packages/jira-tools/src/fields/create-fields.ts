import type { Jira } from '@telamon/jira'
import { ToolError } from '@telamon/tool-registry'

import { fold, matching } from '../names/nearest.ts'
import { writableField } from './metadata.ts'
import type { WritableField } from './metadata.ts'

/** A type of issue that can be created in a project. */
export interface CreatableType {
  readonly id: string
  readonly name: string
}

/**
 * The type of issue that a caller means, by name in any case or by id.
 *
 * @throws ToolError with the types there are.
 */
export async function typeNamed(
  project: string,
  word: string,
  { jira, signal }: { readonly jira: Jira; readonly signal: AbortSignal },
): Promise<CreatableType> {
  const types: CreatableType[] = []
  for await (const { id, name } of jira.issues.createTypes(project, { limit: 200, signal })) {
    if (id !== undefined && name !== undefined) types.push({ id, name })
  }
  const exact = types.find(({ id, name }) => fold(name) === fold(word) || id === word)
  const [near, ...others] = matching(types, word, ({ name }) => name)
  const found = exact ?? (others.length === 0 ? near : undefined)
  if (found) return found
  throw new ToolError({
    code: 'invalid_input',
    message:
      types.length === 0
        ? `No issue can be created in the project ${project}: it does not exist, or this person may not.`
        : `The project ${project} has no type of issue called ${JSON.stringify(word)}.`,
    next:
      types.length === 0
        ? 'Call listJiraProjects with action create to see where one can be.'
        : `Use one of these: ${types.map(({ name }) => name).join(', ')}.`,
  })
}

/** The fields of the screen on which an issue of a type is created. */
export async function createFields(
  project: string,
  type: CreatableType,
  { jira, signal }: { readonly jira: Jira; readonly signal: AbortSignal },
): Promise<readonly WritableField[]> {
  const fields: WritableField[] = []
  for await (const field of jira.issues.createFields(project, type.id, { limit: 500, signal }))
    fields.push(writableField(field))
  return fields
}
