import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import type { FieldMap } from '../custom-fields.ts'
import {
  getAllBoards,
  getAllSprints,
  getBoard,
  getEpics,
  getIssuesForBacklogJsis,
  getIssuesForBoardJsis,
  moveIssuesToBacklog,
  rankIssues,
} from '../generated/software/operations.gen.ts'
import type {
  Epic,
  GetAllBoardsData,
  GetAllBoardsResponse,
  GetBoardResponse,
  Sprint,
} from '../generated/software/types.gen.ts'
import type { FieldNameOf, FieldsOf, IssueView, ReadOptions } from '../views.ts'
import { type JqlQuery, issueList } from './issue-list.ts'

/** A board as it is listed. */
export type Board = NonNullable<GetAllBoardsResponse['values']>[number]

/** Which boards to list. */
export interface BoardSearch extends ListOptions {
  readonly project?: string
  /** Part of a name. */
  readonly name?: string
  readonly type?: NonNullable<GetAllBoardsData['query']>['type']
}

/** What reading issues of a board, sprint or epic may be told. */
export type AgileIssueOptions<Map extends FieldMap, Names extends readonly FieldNameOf<Map>[]> = Omit<
  ReadOptions<Map, Names, readonly []>,
  'expand'
> &
  ListOptions & {
    /** Narrows the list further. */
    readonly jql?: JqlQuery
  }

/** Lists issues of a board, a sprint, a backlog. */
export type AgileIssues<Map extends FieldMap, Id> = <
  const Names extends readonly FieldNameOf<Map>[] = readonly [],
>(
  id: Id,
  options?: AgileIssueOptions<Map, Names>,
) => List<IssueView<FieldsOf<Map, Names>>>

/** Where an issue is put among others. */
export type RankPlace = { readonly before: string } | { readonly after: string }

/** Scrum and kanban boards. */
export interface Boards<Map extends FieldMap> {
  /** `getAllBoards` */
  readonly list: (search?: BoardSearch) => List<Board>
  /** `getBoard` */
  readonly get: (boardId: number, options?: CallOptions) => Promise<GetBoardResponse>
  /** Issues on the board, in its order. `getIssuesForBoardJsis` */
  readonly issues: AgileIssues<Map, number>
  /** Issues in the backlog of the board, in its order. `getIssuesForBacklogJsis` */
  readonly backlog: AgileIssues<Map, number>
  /** `getAllSprints` */
  readonly sprints: (
    boardId: number,
    options?: ListOptions & { readonly state?: readonly ('future' | 'active' | 'closed')[] },
  ) => List<Sprint>
  /** Epics of boards whose projects the company manages. `getEpics` */
  readonly epics: (boardId: number, options?: ListOptions) => List<Epic>
  /** Takes up to 50 issues out of their sprints. `moveIssuesToBacklog` */
  readonly toBacklog: (issues: readonly string[], options?: CallOptions) => Promise<void>
  /** Puts up to 50 issues before or after another. `rankIssues` */
  readonly rank: (issues: readonly string[], place: RankPlace, options?: CallOptions) => Promise<void>
}

/** Binds boards to a connection. */
export const boards = <Map extends FieldMap>(rest: Rest, map: Map): Boards<Map> => ({
  list: ({ project, name, type, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getAllBoards,
        input: {
          query: {
            ...(project !== undefined && { projectKeyOrId: project }),
            ...(name !== undefined && { name }),
            ...(type && { type }),
          },
        },
        map: asIs,
        largest: 50,
      },
      options,
    ),
  get: (boardId, options) => rest.call(getBoard, { path: { boardId } }, options),
  issues: (boardId, options) =>
    issueList(rest, map, { operation: getIssuesForBoardJsis, path: { boardId }, options }),
  backlog: (boardId, options) =>
    issueList(rest, map, { operation: getIssuesForBacklogJsis, path: { boardId }, options }),
  sprints: (boardId, { state, ...options } = {}) =>
    listOf(
      rest,
      {
        operation: getAllSprints,
        input: { path: { boardId }, query: { ...(state && { state }) } },
        map: asIs,
        largest: 50,
      },
      options,
    ),
  epics: (boardId, options) =>
    listOf(rest, { operation: getEpics, input: { path: { boardId } }, map: asIs, largest: 50 }, options),
  async toBacklog(issues, options) {
    await rest.call(moveIssuesToBacklog, { body: { issues } }, options)
  },
  async rank(issues, place, options) {
    const body = {
      issues,
      ...('before' in place ? { rankBeforeIssue: place.before } : { rankAfterIssue: place.after }),
    }
    await rest.call(rankIssues, { body }, options)
  },
})
