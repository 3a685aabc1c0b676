import { addVote, getIsWatchingIssueBulk, getVotes, removeVote } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList } from '../http/value.ts'
import type { Issue } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { issueOf, visibleIssue } from './find.ts'
import { signedIn } from './rights.ts'
import { rest, userView } from './view.ts'

/** The issue, for a caller who may vote: not its reporter, and only while it is open (documented). */
function votable(call: Call): { readonly issue: Issue; readonly accountId: string } {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const { accountId } = signedIn(call)
  if (issue.reporterId === accountId) {
    return refuse(jiraError(404, ['You cannot vote for an issue you have reported.']))
  }
  if (issue.resolutionId !== null) {
    return refuse(jiraError(404, ['You cannot vote for an issue that is resolved.']))
  }
  return { issue, accountId }
}

function watching(call: Call): Reply {
  const { accountId } = signedIn(call)
  const ids = asList(bodyOf(call)['issueIds']) ?? refuseBinding()
  const known = ids.flatMap((given): [string, boolean][] => {
    const issue = visibleIssue(call, asId(given) ?? '')
    return issue ? [[issue.id, issue.watchers.has(accountId)]] : []
  })
  return ok({ issuesIsWatching: Object.fromEntries(known) })
}

export const voteHandlers: readonly Served[] = [
  serve(getVotes, [], (call) => {
    const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
    const sees = may(call.caller, 'VIEW_VOTERS_AND_WATCHERS', { site: call.site, project, issue })
    return ok({
      self: rest(call, `issue/${issue.key}/votes`),
      votes: issue.votes.size,
      hasVoted: issue.votes.has(call.caller.person?.accountId ?? ''),
      voters: sees ? [...issue.votes].map((accountId) => userView(call, accountId)) : [],
    })
  }),
  serve(addVote, [], (call) => {
    const { issue, accountId } = votable(call)
    issue.votes.add(accountId)
    return empty()
  }),
  serve(removeVote, [], (call) => {
    const { issue, accountId } = votable(call)
    issue.votes.delete(accountId)
    return empty()
  }),
  serve(getIsWatchingIssueBulk, [], watching),
]
