import type { CallOptions, Rest } from '@telamon/rest'

import {
  addVote,
  addWatcher,
  getIssueWatchers,
  getVotes,
  removeVote,
  removeWatcher,
} from '../generated/platform/operations.gen.ts'
import type { Votes as VoteCount, Watchers as WatcherList } from '../generated/platform/types.gen.ts'

/** People who are told of changes to an issue. */
export interface Watchers {
  /** `getIssueWatchers` */
  readonly list: (issue: string, options?: CallOptions) => Promise<WatcherList>
  /** `addWatcher` */
  readonly add: (issue: string, accountId: string, options?: CallOptions) => Promise<void>
  /** `removeWatcher` */
  readonly remove: (issue: string, accountId: string, options?: CallOptions) => Promise<void>
}

/** Votes for an issue. A person votes only for himself. */
export interface Votes {
  /** `getVotes` */
  readonly get: (issue: string, options?: CallOptions) => Promise<VoteCount>
  /** `addVote` */
  readonly add: (issue: string, options?: CallOptions) => Promise<void>
  /** `removeVote` */
  readonly remove: (issue: string, options?: CallOptions) => Promise<void>
}

/** Binds watchers to a connection. */
export const watchers = ({ call }: Rest): Watchers => ({
  list: (issue, options) => call(getIssueWatchers, { path: { issueIdOrKey: issue } }, options),
  async add(issue, accountId, options) {
    await call(addWatcher, { path: { issueIdOrKey: issue }, body: accountId }, options)
  },
  async remove(issue, accountId, options) {
    await call(removeWatcher, { path: { issueIdOrKey: issue }, query: { accountId } }, options)
  },
})

/** Binds votes to a connection. */
export const votes = ({ call }: Rest): Votes => ({
  get: (issue, options) => call(getVotes, { path: { issueIdOrKey: issue } }, options),
  async add(issue, options) {
    await call(addVote, { path: { issueIdOrKey: issue } }, options)
  },
  async remove(issue, options) {
    await call(removeVote, { path: { issueIdOrKey: issue } }, options)
  },
})
