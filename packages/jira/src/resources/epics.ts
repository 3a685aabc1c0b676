import type { CallOptions, Rest } from '@telamon/rest'

import type { FieldMap } from '../custom-fields.ts'
import {
  getEpic,
  getIssuesForEpicJsis,
  moveIssuesToEpic,
  removeIssuesFromEpic,
} from '../generated/software/operations.gen.ts'
import type { Epic } from '../generated/software/types.gen.ts'
import type { AgileIssues } from './boards.ts'
import { issueList } from './issue-list.ts'

/** Epics of projects that the company manages. Elsewhere the field `parent` takes their place. */
export interface Epics<Map extends FieldMap> {
  /** `getEpic` */
  readonly get: (epic: string, options?: CallOptions) => Promise<Epic>
  /** `getIssuesForEpicJsis` */
  readonly issues: AgileIssues<Map, string>
  /** Up to 50 issues. Those that were in another epic leave it. `moveIssuesToEpic` */
  readonly add: (epic: string, issues: readonly string[], options?: CallOptions) => Promise<void>
  /** Up to 50 issues, whatever their epics. `removeIssuesFromEpic` */
  readonly remove: (issues: readonly string[], options?: CallOptions) => Promise<void>
}

/** Binds epics to a connection. */
export const epics = <Map extends FieldMap>(rest: Rest, map: Map): Epics<Map> => ({
  get: (epicIdOrKey, options) => rest.call(getEpic, { path: { epicIdOrKey } }, options),
  issues: (epicIdOrKey, options) =>
    issueList(rest, map, { operation: getIssuesForEpicJsis, path: { epicIdOrKey }, options }),
  async add(epicIdOrKey, issues, options) {
    await rest.call(moveIssuesToEpic, { path: { epicIdOrKey }, body: { issues } }, options)
  },
  async remove(issues, options) {
    await rest.call(removeIssuesFromEpic, { body: { issues } }, options)
  },
})
