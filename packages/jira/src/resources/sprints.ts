import type { CallOptions, Rest } from '@telamon/rest'

import type { FieldMap } from '../custom-fields.ts'
import {
  createSprint,
  deleteSprint,
  getIssuesForSprintJsis,
  getSprint,
  moveIssuesToSprintAndRank,
  partiallyUpdateSprint,
} from '../generated/software/operations.gen.ts'
import type { Sprint } from '../generated/software/types.gen.ts'
import type { AgileIssues } from './boards.ts'
import { issueList } from './issue-list.ts'

/** A sprint to be planned. */
export interface NewSprint {
  readonly name: string
  readonly boardId: number
  readonly goal?: string
  readonly start?: Date
  readonly end?: Date
}

/** What of a sprint can be changed. */
export type SprintChange = Partial<Omit<NewSprint, 'boardId'>>

/** Sprints of scrum boards. */
export interface Sprints<Map extends FieldMap> {
  /** `getSprint` */
  readonly get: (sprintId: number, options?: CallOptions) => Promise<Sprint>
  /** `createSprint` */
  readonly create: (sprint: NewSprint, options?: CallOptions) => Promise<Sprint>
  /** Changes what is stated and leaves the rest. `partiallyUpdateSprint` */
  readonly update: (sprintId: number, change: SprintChange, options?: CallOptions) => Promise<Sprint>
  /** Opens it. Both days have to be known, from here or from before. `partiallyUpdateSprint` */
  readonly start: (
    sprintId: number,
    days: Pick<SprintChange, 'start' | 'end'>,
    options?: CallOptions,
  ) => Promise<Sprint>
  /** Closes it. Open issues go back to the backlog. `partiallyUpdateSprint` */
  readonly complete: (sprintId: number, options?: CallOptions) => Promise<Sprint>
  /** Its issues go back to the backlog. `deleteSprint` */
  readonly remove: (sprintId: number, options?: CallOptions) => Promise<void>
  /** In the order of the board. `getIssuesForSprintJsis` */
  readonly issues: AgileIssues<Map, number>
  /** Moves up to 50 issues into an open or future sprint. `moveIssuesToSprintAndRank` */
  readonly add: (sprintId: number, issues: readonly string[], options?: CallOptions) => Promise<void>
}

/** Binds sprints to a connection. */
export const sprints = <Map extends FieldMap>(rest: Rest, map: Map): Sprints<Map> => {
  const change = (sprintId: number, body: object, options: CallOptions | undefined): Promise<Sprint> =>
    rest.call(partiallyUpdateSprint, { path: { sprintId }, body }, options)
  return {
    get: (sprintId, options) => rest.call(getSprint, { path: { sprintId } }, options),
    create: ({ boardId, ...sprint }, options) =>
      rest.call(createSprint, { body: { originBoardId: boardId, ...bodyOf(sprint) } }, options),
    update: (sprintId, sprint, options) => change(sprintId, bodyOf(sprint), options),
    start: (sprintId, days, options) => change(sprintId, { state: 'active', ...bodyOf(days) }, options),
    complete: (sprintId, options) => change(sprintId, { state: 'closed' }, options),
    async remove(sprintId, options) {
      await rest.call(deleteSprint, { path: { sprintId } }, options)
    },
    issues: (sprintId, options) =>
      issueList(rest, map, { operation: getIssuesForSprintJsis, path: { sprintId }, options }),
    async add(sprintId, issues, options) {
      await rest.call(moveIssuesToSprintAndRank, { path: { sprintId }, body: { issues } }, options)
    },
  }
}

const bodyOf = ({ name, goal, start, end }: SprintChange): Record<string, string> => ({
  ...(name !== undefined && { name }),
  ...(goal !== undefined && { goal }),
  ...(start && { startDate: start.toISOString() }),
  ...(end && { endDate: end.toISOString() }),
})
