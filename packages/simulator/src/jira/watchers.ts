import { addWatcher, getIssueWatchers, removeWatcher } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { may } from '../world/permissions.ts'
import { issueOf } from './find.ts'
import { rest, userView } from './view.ts'

/** Everyone may watch and stop watching for themselves; for others it takes a permission (documented). */
function checkRight(call: Call, accountId: string): void {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  if (accountId === call.caller.person?.accountId) return
  if (may(call.caller, 'MANAGE_WATCHERS', { site: call.site, project, issue })) return
  refuse(jiraError(403, ['You do not have permission to manage the watcher list.']))
}

/** The body is a bare JSON string; without one the caller is meant (documented). */
function add(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const { body } = call
  const given = body.kind === 'json' ? body.value : call.caller.person?.accountId
  if (body.kind === 'unreadable' || typeof given !== 'string') {
    return jiraError(400, ['The request body must be an account id as a JSON string.'])
  }
  checkRight(call, given)
  const person = call.world.people.get(given)
  if (!person || !may({ person, via: 'basic' }, 'BROWSE_PROJECTS', { site: call.site, project, issue })) {
    return jiraError(404, [`The user "${given}" does not exist or cannot see this issue.`])
  }
  issue.watchers.add(given)
  return empty()
}

function remove(call: Call): Reply {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const accountId = call.query.text('accountId') ?? ''
  checkRight(call, accountId)
  if (!call.world.people.has(accountId)) return jiraError(404, [`The user "${accountId}" does not exist.`])
  issue.watchers.delete(accountId)
  return empty()
}

export const watcherHandlers: readonly Served[] = [
  serve(getIssueWatchers, [], (call) => {
    const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
    const mayView = may(call.caller, 'VIEW_VOTERS_AND_WATCHERS', { site: call.site, project, issue })
    return ok({
      self: rest(call, `issue/${issue.id}/watchers`),
      isWatching: issue.watchers.has(call.caller.person?.accountId ?? ''),
      watchCount: issue.watchers.size,
      watchers: mayView ? [...issue.watchers].map((accountId) => userView(call, accountId)) : [],
    })
  }),
  serve(addWatcher, [], add),
  serve(removeWatcher, ['accountId'], remove),
]
