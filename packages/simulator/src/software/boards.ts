import {
  createBoard,
  deleteBoard,
  getAllBoards,
  getAllQuickFilters,
  getAllVersions,
  getBoard,
  getBoardByFilterId,
  getConfiguration,
  getFeaturesForBoard,
  getProjects,
  getProjectsFull,
  getQuickFilter,
  toggleFeatures,
} from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { bodyOf } from '../jira/body.ts'
import { findProject } from '../jira/find.ts'
import { projectView, rest } from '../jira/view.ts'
import type { Project, Version } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import type { Board } from '../world/software-model.ts'
import { agilePage } from './agile-page.ts'
import { issuesOnBoard } from './board-issues.ts'
import { projectsOfBoard } from './board-projects.ts'
import { boardView, configurationView, quickFilterView } from './board-view.ts'
import { administersBoard, boardOf, homeOf, seesBoard, visibleBoards } from './boards-in-sight.ts'
import { featuresView, isFeature } from './features.ts'
import { makeBoard, wantedBoard } from './make-board.ts'
import { refuseAgile } from './refuse.ts'
import { agile } from './sprint-view.ts'

/** Whether a board fits where it was asked to live. */
function livesThere(call: Call, board: Board): boolean {
  const { query, site } = call
  const [accountId, project, types] = [
    query.text('accountIdLocation'),
    query.text('projectLocation'),
    query.list('projectTypeLocation'),
  ]
  const home = homeOf(call, board)
  const fits =
    (accountId === undefined || (board.location.type === 'user' && board.location.accountId === accountId)) &&
    (project === undefined || (home !== undefined && findProject(site, project) === home)) &&
    (types.length === 0 || (home !== undefined && types.includes(home.type)))
  return query.flag('negateLocationFiltering') ? !fits : fits
}

/** The boards that the caller sees; those of people come last, and only where they are asked for (documented). */
function list(call: Call): Reply {
  const { query, site } = call
  const [types, name, project, filterId] = [
    query.list('type'),
    query.text('name')?.toLowerCase(),
    query.text('projectKeyOrId'),
    query.text('filterId'),
  ]
  const home = project === undefined ? undefined : findProject(site, project)
  if (project !== undefined && (!home || !may(call.caller, 'BROWSE_PROJECTS', { site, project: home }))) {
    return refuseAgile(400, `No project could be found with key or id '${project}'.`)
  }
  const strange = types.find((type) => !['scrum', 'kanban', 'simple'].includes(type))
  if (strange !== undefined) return refuseAgile(400, `The board type '${strange}' is not known.`)
  const boards = visibleBoards(call)
    .filter((board) => types.length === 0 || types.includes(board.type))
    .filter((board) => name === undefined || board.name.toLowerCase().includes(name))
    .filter((board) => home === undefined || projectsOfBoard(site, board).includes(home))
    .filter((board) => filterId === undefined || board.filterId === filterId)
    .filter((board) => livesThere(call, board))
  const sorted = /^[+-]?name$/.test(query.text('orderBy') ?? '')
    ? boards.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    : boards
  const ordered = query.text('orderBy')?.startsWith('-') ? sorted.toReversed() : sorted
  const expand = query.list('expand')
  const hidden = query.flag('includePrivate') ? privateBoards(call) : []
  return ok(
    agilePage(call, [...ordered, ...hidden], (board) =>
      hidden.includes(board) ? privateBoardView(call, board) : boardView(call, board, expand),
    ),
  )
}

/** Boards that an administrator of the site does not see, but knows to be there (documented). */
function privateBoards(call: Call): readonly Board[] {
  const { site, caller } = call
  if (site.members.get(caller.person?.accountId ?? '')?.admin !== true) return []
  return [...site.software.boards.values()].filter((board) => !seesBoard(call, board))
}

/** Of such a board neither name nor type is told (documented). */
const privateBoardView = (call: Call, { id }: Board): Record<string, unknown> => ({
  id: Number(id),
  self: agile(call, `board/${id}`),
  isPrivate: true,
})

function remove(call: Call): Reply {
  const board = boardOf(call)
  if (!administersBoard(call, board))
    return refuseAgile(403, 'You do not have permission to delete this board.')
  call.site.software.boards.delete(board.id)
  return empty()
}

/** The projects of a board by name: those its filter names, and those of its issues (documented). */
function allProjects(call: Call, board: Board): readonly Project[] {
  const ids = new Set(issuesOnBoard(call, board).map(({ projectId }) => projectId))
  const shown = [...ids].flatMap((id) => call.site.jira.projects.get(id) ?? [])
  return visible(call, [...new Set([...projectsOfBoard(call.site, board), ...shown])]).toSorted(
    (one, other) => (one.name < other.name ? -1 : 1),
  )
}

const visible = ({ caller, site }: Call, projects: readonly Project[]): readonly Project[] =>
  projects.filter((project) => may(caller, 'BROWSE_PROJECTS', { site, project }))

/** A version as boards list it: numbers for ids, and a moment for the day of its release (documented). */
function versionView(call: Call, project: Project, version: Version): Record<string, unknown> {
  const { id, name, description, archived, released, releaseDate } = version
  return {
    self: rest(call, `version/${id}`),
    id: Number(id),
    projectId: Number(project.id),
    name,
    description,
    archived,
    released,
    ...(releaseDate !== undefined && { releaseDate: `${releaseDate}T00:00:00.000Z` }),
  }
}

function versions(call: Call): Reply {
  const wanted = call.query.text('released')
  const all = allProjects(call, boardOf(call)).flatMap((project) =>
    project.versions
      .filter(({ released }) => wanted === undefined || released === call.query.flag('released'))
      .map((version) => ({ project, version })),
  )
  return ok(agilePage(call, all, ({ project, version }) => versionView(call, project, version)))
}

function quickFilter(call: Call): Reply {
  const board = boardOf(call)
  const found = board.quickFilters.find(({ id }) => id === call.path['quickFilterId'])
  return found ? ok(quickFilterView(board, found)) : refuseAgile(404, 'The quick filter does not exist.')
}

function toggle(call: Call): Reply {
  const board = boardOf(call)
  if (!administersBoard(call, board))
    return refuseAgile(403, 'You do not have permission to change this board.')
  const { feature, enabling } = bodyOf(call)
  if (!isFeature(feature) || typeof enabling !== 'boolean') {
    return refuseAgile(400, `The feature ${JSON.stringify(feature)} cannot be switched on this board.`)
  }
  if (board.type !== 'simple') {
    return refuseAgile(400, 'Features are switched on boards of team-managed projects only.')
  }
  board.features.set(feature, enabling)
  return ok(featuresView(board))
}

export const boardHandlers: readonly Served[] = [
  serve(
    getAllBoards,
    [
      ...([
        'startAt',
        'maxResults',
        'type',
        'name',
        'projectKeyOrId',
        'accountIdLocation',
        'projectLocation',
      ] as const),
      ...([
        'includePrivate',
        'negateLocationFiltering',
        'orderBy',
        'expand',
        'projectTypeLocation',
        'filterId',
      ] as const),
    ],
    list,
  ),
  serve(createBoard, [], (call) => json(201, boardView(call, makeBoard(call, wantedBoard(call))))),
  serve(getBoard, [], (call) => ok(boardView(call, boardOf(call)))),
  serve(deleteBoard, [], remove),
  serve(getBoardByFilterId, ['startAt', 'maxResults'], (call) => {
    const boards = visibleBoards(call).filter(({ filterId }) => filterId === call.path['filterId'])
    return ok(
      agilePage(call, boards, ({ id, name }) => ({ id: Number(id), name, self: agile(call, `board/${id}`) })),
    )
  }),
  serve(getConfiguration, [], (call) => ok(configurationView(call, boardOf(call)))),
  serve(getFeaturesForBoard, [], (call) => ok(featuresView(boardOf(call)))),
  serve(toggleFeatures, [], toggle),
  serve(getAllQuickFilters, ['startAt', 'maxResults'], (call) => {
    const board = boardOf(call)
    return ok(agilePage(call, board.quickFilters, (filter) => quickFilterView(board, filter)))
  }),
  serve(getQuickFilter, [], quickFilter),
  serve(getProjects, ['startAt', 'maxResults'], (call) =>
    ok(agilePage(call, allProjects(call, boardOf(call)), (project) => projectView(call, project))),
  ),
  serve(getProjectsFull, [], (call) => {
    const projects = visible(call, projectsOfBoard(call.site, boardOf(call)))
    const { length } = projects
    const values = projects.map((project) => projectView(call, project))
    return ok({ maxResults: length, startAt: 0, total: length, isLast: true, values })
  }),
  serve(getAllVersions, ['startAt', 'maxResults', 'released'], versions),
]
