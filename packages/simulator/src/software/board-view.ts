import type { Call } from '../http/call.ts'
import { fieldsOf } from '../jira/fields/table.ts'
import { projectAvatarUrls, rest, userView } from '../jira/view.ts'
import { hasRole } from '../world/permissions.ts'
import type { Board, BoardColumn, QuickFilter } from '../world/software-model.ts'
import { administersBoard, homeOf } from './boards-in-sight.ts'
import { rankFieldNumber } from './rank.ts'
import { agile } from './sprint-view.ts'

/** Where a board lives (documented). */
function locationView(call: Call, board: Board): Record<string, unknown> {
  const { location } = board
  if (location.type === 'user') {
    const person = call.world.people.get(location.accountId)
    return {
      userAccountId: location.accountId,
      displayName: person?.displayName ?? '',
      name: person?.displayName ?? '',
    }
  }
  const project = homeOf(call, board)
  if (!project) return {}
  const { id, key, name, type } = project
  return {
    projectId: Number(id),
    displayName: `${name} (${key})`,
    projectName: name,
    projectKey: key,
    projectTypeKey: type,
    avatarURI: projectAvatarUrls(call, project)['24x24'],
    name: `${name} (${key})`,
  }
}

/** Those who may change a board: who made it, and the administrators of its project. */
function adminsView(call: Call, board: Board): Record<string, unknown> {
  const project = homeOf(call, board)
  const people = [...call.site.members.keys()].filter(
    (accountId) =>
      accountId === board.createdBy ||
      (project && hasRole(call.site, project, { role: 'Administrators', accountId })),
  )
  const users = people.flatMap((accountId) => {
    const shown = userView(call, accountId)
    if (!shown) return []
    const { self, avatarUrls, displayName, active } = shown
    return [{ self, accountId, avatarUrls, displayName, active }]
  })
  return { users, groups: [] }
}

/** A board in lists and by itself (documented). */
export function boardView(call: Call, board: Board, expand: readonly string[] = []): Record<string, unknown> {
  const { id, name, type } = board
  return {
    id: Number(id),
    self: agile(call, `board/${id}`),
    name,
    type,
    ...(expand.includes('admins') && { admins: adminsView(call, board) }),
    location: locationView(call, board),
    ...(expand.includes('permissions') && { canEdit: administersBoard(call, board) }),
    isPrivate: false,
  }
}

/** Addresses in the configuration are those of version 2 (recorded, F-AG-04). */
const version2 = (call: Call, path: string): string =>
  rest(call, path).replace('/rest/api/3/', '/rest/api/2/')

const columnView = (call: Call, { statusIds, name, min, max }: BoardColumn): Record<string, unknown> => ({
  name,
  statuses: statusIds.map((id) => ({ id, self: version2(call, `status/${id}`) })),
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
})

/** How a board is set up (recorded, F-AG-03). */
export function configurationView(call: Call, board: Board): Record<string, unknown> {
  const { id, name, type, filterId, columns, constraintType, subQuery, estimationFieldId } = board
  const project = homeOf(call, board)
  const field = fieldsOf(call.site).get(estimationFieldId ?? '')
  return {
    id: Number(id),
    name,
    type,
    self: agile(call, `board/${id}/configuration`),
    location: project
      ? {
          type: 'project',
          key: project.key,
          id: project.id,
          self: version2(call, `project/${project.id}`),
          name: project.name,
        }
      : { type: 'user' },
    filter: { id: filterId, self: version2(call, `filter/${filterId}`) },
    ...(subQuery !== null && { subQuery: { query: subQuery } }),
    columnConfig: {
      columns: columns.map((column) => columnView(call, column)),
      constraintType,
    },
    ...(type !== 'kanban' && {
      estimation: field
        ? { type: 'field', field: { fieldId: field.id, displayName: field.name } }
        : { type: 'none' },
    }),
    ranking: { rankCustomFieldId: rankFieldNumber },
  }
}

/** A quick filter of a board (documented). */
export function quickFilterView(board: Board, filter: QuickFilter): Record<string, unknown> {
  const { id, name, jql, description } = filter
  return {
    id: Number(id),
    boardId: Number(board.id),
    name,
    jql,
    description,
    position: board.quickFilters.indexOf(filter),
  }
}
