import {
  createOrUpdateRemoteIssueLink,
  deleteRemoteIssueLinkByGlobalId,
  deleteRemoteIssueLinkById,
  getRemoteIssueLinkById,
  getRemoteIssueLinks,
  updateRemoteIssueLink,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, RemoteLink } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { issueOf } from './find.ts'
import { addChange } from './history.ts'
import { rest, type View } from './view.ts'

/** A remote link (documented). */
function view(call: View, issue: Issue, link: RemoteLink): Record<string, unknown> {
  return {
    id: Number(link.id),
    self: rest(call, `issue/${issue.key}/remotelink/${link.id}`),
    ...(link.globalId !== null && { globalId: link.globalId }),
    application: link.application,
    ...(link.relationship !== null && { relationship: link.relationship }),
    object: link.object,
  }
}

/** The issue, for a caller who may link it. */
function linkable(call: Call): Issue {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  if (may(call.caller, 'LINK_ISSUES', { site: call.site, project, issue })) return issue
  return refuse(jiraError(403, ['You do not have permission to link issues in this project.']))
}

function linkOf(call: Call, issue: Issue): RemoteLink {
  const id = call.path['linkId'] ?? ''
  const link = issue.remoteLinks.find((one) => one.id === id)
  return link ?? refuse(jiraError(404, [`Remote issue link with id '${id}' could not be found.`]))
}

type Content = Omit<RemoteLink, 'id'>

/** What a body says of a link. Address and title have to be there (documented). */
function readContent(body: JsonObject): Content {
  const object = asObject(body['object']) ?? {}
  const url = asText(object['url'])
  const errors = {
    ...(url === undefined && { url: "'url' is required." }),
    ...(asText(object['title']) === undefined && { title: "'title' is required." }),
  }
  if (Object.keys(errors).length > 0) refuse(jiraError(400, [], errors))
  if (url === undefined || !URL.canParse(url)) refuse(jiraError(400, [], { url: 'The url is not valid.' }))
  const given = asObject(body['application'])
  const [type, name] = [asText(given?.['type']), asText(given?.['name'])]
  return {
    globalId: asText(body['globalId']) ?? null,
    application: { ...(type !== undefined && { type }), ...(name !== undefined && { name }) },
    relationship: asText(body['relationship']) ?? null,
    object: { ...object },
  }
}

/** One link for each `globalId`: a second one with the same replaces the first, with 200 in place of 201 (documented). */
function upsert(call: Call): Reply {
  const issue = linkable(call)
  const content = readContent(bodyOf(call))
  const known =
    content.globalId !== null && issue.remoteLinks.find(({ globalId }) => globalId === content.globalId)
  if (known) Object.assign(known, content)
  const link = known || { id: nextId(call.world, 'remoteLink', call.site.cloudId), ...content }
  if (!known) {
    issue.remoteLinks.push(link)
    const words = {
      from: null,
      fromString: null,
      to: link.id,
      toString: `This issue links to "${String(content.object['title'])}"`,
    }
    addChange(call, issue, {
      now: call.clock.now(),
      items: [{ field: 'RemoteIssueLink', fieldtype: 'jira', ...words }],
    })
  }
  const identity = { id: Number(link.id), self: rest(call, `issue/${issue.key}/remotelink/${link.id}`) }
  return json(known ? 200 : 201, identity)
}

function drop(call: Call, issue: Issue, link: RemoteLink): Reply {
  issue.remoteLinks.splice(issue.remoteLinks.indexOf(link), 1)
  issue.updated = call.clock.now()
  return empty()
}

export const remoteLinkHandlers: readonly Served[] = [
  serve(getRemoteIssueLinks, ['globalId'], (call) => {
    const { issue } = issueOf(call, call.path['issueIdOrKey'])
    const globalId = call.query.text('globalId')
    if (globalId === undefined) return ok(issue.remoteLinks.map((link) => view(call, issue, link)))
    const link = issue.remoteLinks.find((one) => one.globalId === globalId)
    return link
      ? ok(view(call, issue, link))
      : jiraError(404, [`The remote issue link with global id '${globalId}' could not be found.`])
  }),
  serve(createOrUpdateRemoteIssueLink, [], upsert),
  serve(getRemoteIssueLinkById, [], (call) => {
    const { issue } = issueOf(call, call.path['issueIdOrKey'])
    return ok(view(call, issue, linkOf(call, issue)))
  }),
  serve(updateRemoteIssueLink, [], (call) => {
    const issue = linkable(call)
    Object.assign(linkOf(call, issue), readContent(bodyOf(call)))
    return empty()
  }),
  serve(deleteRemoteIssueLinkById, [], (call) => {
    const issue = linkable(call)
    return drop(call, issue, linkOf(call, issue))
  }),
  serve(deleteRemoteIssueLinkByGlobalId, ['globalId'], (call) => {
    const issue = linkable(call)
    const globalId = call.query.text('globalId')
    const link = issue.remoteLinks.find((one) => one.globalId === globalId)
    return link
      ? drop(call, issue, link)
      : jiraError(404, [`The remote issue link with global id '${globalId ?? ''}' could not be found.`])
  }),
]
