import type { FieldChange, FieldDef, FieldHistory, FunctionDef } from '@telamon/query'

import { issue as issueByKey, type Asker } from '../query/jql-values.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Sprint } from '../world/software-model.ts'
import { visibleBoards } from './boards-in-sight.ts'
import {
  bearer,
  epicLinkId,
  epicNameId,
  epicOf,
  isEpic,
  markOf,
  sprintFieldId,
  sprintsOf,
} from './membership.ts'

/** The sprints that a query may name: those of boards that the asker sees. */
function visibleSprints(asker: Asker): readonly Sprint[] {
  const boards = new Set(visibleBoards(asker).map(({ id }) => id))
  return [...asker.site.software.sprints.values()].filter(({ boardId }) => boards.has(boardId))
}

/** Sprints in JQL: by name or id, with their past. */
function sprintJqlField(asker: Asker): FieldDef<Issue> {
  const { site } = asker
  const sprints = visibleSprints(asker)
  return {
    name: 'Sprint',
    aliases: [sprintFieldId],
    customId: 10_020,
    type: 'option',
    get: (issue) => sprintsOf(site, issue).map(({ id }) => id),
    resolve(text, { number }) {
      if (number !== undefined && sprints.some(({ id }) => id === text)) return text
      const found = sprints.filter(({ name }) => name.toLowerCase() === text.toLowerCase())
      return found.length === 0 ? undefined : found.map(({ id }) => id)
    },
    values: sprints.map(({ name }) => name),
    history: (issue) => pastOf(bearer(site, issue)),
  }
}

/** The ids in one side of an entry of the changelog, which has the whole list before and after. */
const idsIn = (text: string | null): readonly string[] =>
  text === null || text === '' ? [] : text.split(', ')

function pastOf({ created, creatorId, history }: Issue): FieldHistory {
  const changes = history.flatMap(({ authorId, created: at, items }): readonly FieldChange[] => {
    const item = items.find(({ fieldId }) => fieldId === sprintFieldId)
    if (!item) return []
    return [{ at, ...(authorId !== null && { by: authorId }), from: idsIn(item.from), to: idsIn(item.to) }]
  })
  return { created, ...(creatorId !== null && { createdBy: creatorId }), changes }
}

/** The functions that stand for sprints in a state (documented). */
export function sprintJqlFunctions(asker: Asker): readonly FunctionDef[] {
  const inState = (name: string, state: Sprint['state']): FunctionDef => ({
    name,
    list: true,
    call: () => visibleSprints(asker).flatMap((sprint) => (sprint.state === state ? [sprint.id] : [])),
  })
  return [
    inState('openSprints', 'active'),
    inState('closedSprints', 'closed'),
    inState('futureSprints', 'future'),
  ]
}

/** What the fields of epics are in JQL. A link to an epic is a parent that is one. */
function epicJqlFields(asker: Asker): readonly FieldDef<Issue>[] {
  const { site } = asker
  return [
    {
      name: 'Epic Link',
      aliases: [epicLinkId],
      customId: 10_014,
      type: 'option',
      get: (issue) => (isEpic(site, issue) ? null : epicOf(site, issue)?.id),
      resolve: issueByKey(asker),
    },
    {
      name: 'Epic Name',
      aliases: [epicNameId],
      customId: 10_011,
      type: 'text',
      get: (issue) => (isEpic(site, issue) ? (markOf(site, issue).name ?? issue.summary) : null),
    },
  ]
}

/** What Jira Software adds to the fields of JQL. */
export function softwareJqlFields(asker: Asker): readonly FieldDef<Issue>[] {
  return [sprintJqlField(asker), ...epicJqlFields(asker)]
}
