import {
  getFields,
  getIssueAllTypes,
  getPriorities,
  getStatuses,
  searchProjects,
  searchResolutions,
} from '@telamon/jira/operations'
import { parseJql, validate } from '@telamon/query'
import type { FieldInfo, Node, Problem } from '@telamon/query'
import { isAtlassianError } from '@telamon/rest'
import { oneLine } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { fold, some } from '../names/nearest.ts'

/** The operations that looking for the right names may call. */
export const hintOperations = [
  getFields,
  getStatuses,
  getPriorities,
  getIssueAllTypes,
  searchResolutions,
  searchProjects,
] as const

/** The names that a value can have, for fields whose values can be listed in one call. */
const valuesOf: Readonly<Record<string, (asking: Asking) => Promise<readonly (string | undefined)[]>>> = {
  status: async ({ jira, signal }) => (await jira.vocabulary.statuses({ signal })).map(({ name }) => name),
  priority: async ({ jira, signal }) =>
    (await jira.vocabulary.priorities({ signal })).map(({ name }) => name),
  issuetype: async ({ jira, signal }) =>
    (await jira.vocabulary.issueTypes({ signal })).map(({ name }) => name),
  resolution: async ({ jira, signal }) =>
    (await jira.vocabulary.resolutions().page({ signal })).items.map(({ name }) => name),
  project: async ({ jira, signal }) =>
    (await jira.projects.list().page({ size: 100, signal })).items.flatMap(({ key, name }) => [key, name]),
}

/** The problems in which another name helps. */
const helpful: ReadonlySet<Problem['code']> = new Set(['unknown-field', 'unknown-value'])

/**
 * Names that may have been meant, for a query that Jira does not understand: `staus: did you mean status?`. Only names
 * that its reasons speak of, since Jira knows more fields than it lists. Only what this person may see is looked at.
 * Empty when nothing is near, or when the names cannot be had.
 */
export async function hintsFor(
  jql: string,
  reasons: readonly string[],
  asking: Asking,
): Promise<readonly string[]> {
  try {
    const { query } = parseJql(jql)
    const fields = await vocabularyOf(new Set(namesIn(query.where)), asking)
    return validate(query, { fields })
      .filter(({ code }) => helpful.has(code))
      .filter((problem) => reasons.some((reason) => reason.includes(`'${wordOf(problem)}'`)))
      .flatMap(hintOf)
  } catch (error) {
    if (!isAtlassianError(error) || error.code === 'aborted') throw error
    // The reasons are known; only the hints are lost.
    return []
  }
}

/** The word that was not understood. */
const wordOf = ({ value, field = '' }: Problem): string => value ?? field

function hintOf(problem: Problem): readonly string[] {
  const { field, suggestion, allowed } = problem
  if (suggestion !== undefined) return [`${wordOf(problem)}: did you mean ${oneLine(suggestion)}?`]
  return allowed ? [`${field} can be: ${some(allowed.map(oneLine))}`] : []
}

/** All fields, and the values of those that the query names. */
async function vocabularyOf(wanted: ReadonlySet<string>, asking: Asking): Promise<readonly FieldInfo[]> {
  const known = await asking.jira.fields.list({ signal: asking.signal })
  return Promise.all(
    known.map(async ({ id, name, clauseNames = [] }): Promise<FieldInfo> => {
      const info: FieldInfo = { name, aliases: [id, ...clauseNames], type: 'option' }
      const list =
        info.aliases?.some((alias) => wanted.has(fold(alias))) && Object.hasOwn(valuesOf, id)
          ? valuesOf[id]
          : undefined
      if (!list) return info
      const values = (await list(asking)).filter((value) => value !== undefined)
      return Object.assign(info, { values: [...new Set(values)] })
    }),
  )
}

/** The names of all fields in a condition, folded. */
function namesIn(node: Node | undefined): readonly string[] {
  if (node === undefined) return []
  if (node.type === 'clause') return [fold(node.field.name)]
  return node.type === 'not' ? namesIn(node.clause) : node.clauses.flatMap(namesIn)
}
