import { searchProjects } from '@telamon/jira/operations'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, quoted } from './nearest.ts'

/** The operations that looking a project up may call. */
export const projectOperations = [searchProjects] as const

/** Whether a text may be the key or the id of a project. */
export const isProjectKey = (text: string): boolean =>
  /^(?:[A-Za-z][A-Za-z0-9_]{0,254}|[1-9]\d{0,18})$/.test(text)

/**
 * The key of the project that has this name, in any case.
 *
 * @throws ToolError with the projects in which this person can create, when none or several have it.
 */
export async function projectKeyOf(name: string, { jira, signal }: Asking): Promise<string> {
  const { items } = await jira.projects.list({ query: name }).page({ size: 50, signal })
  const [found, ...others] = items.filter((project) => fold(project.name ?? '') === fold(name))
  if (found?.key !== undefined && others.length === 0) return found.key
  const { items: open } = await jira.projects.list({ action: 'create' }).page({ size: 20, signal })
  const list = open.map(({ key, name: title }) => `${key} ${oneLine(title ?? '')}`)
  throw new ToolError({
    code: others.length > 0 ? 'ambiguous' : 'not_found',
    message:
      others.length > 0
        ? `Several projects are called ${quoted(name)}.`
        : `There is no project ${quoted(name)}, or this person may not see it.`,
    next:
      list.length > 0
        ? `This person can create issues in:\n${fence(list.join('\n'), { source: 'Jira projects' })}\nUse the key of one of these.`
        : 'This person can create issues in no project of this site. Call getAccessibleAtlassianResources for other sites.',
  })
}

/** The key of a project that a caller names by key, id, or name. A key is taken at its word. */
export async function projectOf(word: string, asking: Asking): Promise<string> {
  return isProjectKey(word) ? word.toUpperCase() : projectKeyOf(word, asking)
}
