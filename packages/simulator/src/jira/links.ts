import { deleteIssueLink, getIssueLink, linkIssues } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asObject, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, IssueLink, LinkType } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { pick } from './fields/choice-fields.ts'
import { relatedView } from './fields/relation-fields.ts'
import { issueOf } from './find.ts'
import { noteBothEnds } from './link-history.ts'
import { linkTypeView, rest } from './view.ts'

/** The end of a link that a body names; it has to be visible, and the caller has to be allowed to link it. */
function endOf(call: Call, value: unknown): Issue {
  const given = asObject(value)
  const { issue, project } = issueOf(call, asText(given?.['key']) ?? asId(given?.['id']))
  if (may(call.caller, 'LINK_ISSUES', { site: call.site, project, issue })) return issue
  return refuse(jiraError(401, ['No Link Issue Permission for issue ' + issue.key]))
}

/** The inward issue is the one that blocks, in "A blocks B" (reported; the document only names the members). */
function add(call: Call): Reply {
  const body = bodyOf(call)
  const type = pick(call.site.jira.linkTypes.values(), body['type'])
  if (!type) {
    const name = asText(asObject(body['type'])?.['name']) ?? asId(asObject(body['type'])?.['id']) ?? ''
    return jiraError(404, [`No issue link type with name '${name}' found.`])
  }
  const from = endOf(call, body['inwardIssue'])
  const to = endOf(call, body['outwardIssue'])
  const { links } = call.site.jira
  const same = (one: IssueLink): boolean =>
    one.typeId === type.id && one.fromId === from.id && one.toId === to.id
  if (![...links.values()].some(same)) {
    const id = nextId(call.world, 'issueLink', call.site.cloudId)
    links.set(id, { id, typeId: type.id, fromId: from.id, toId: to.id })
    noteBothEnds(call, { from, to, type }, { added: true, now: call.clock.now() })
  }
  return empty(201)
}

/** A link both of whose ends the caller may see. */
function linkOf(call: Call): {
  readonly link: IssueLink
  readonly from: Issue
  readonly to: Issue
  readonly type: LinkType
} {
  const { links, linkTypes } = call.site.jira
  const found = links.get(call.path['linkId'] ?? '')
  const type = found && linkTypes.get(found.typeId)
  if (!found || !type) {
    return refuse(jiraError(404, [`No issue link with id '${call.path['linkId']}' exists.`]))
  }
  return { link: found, type, from: issueOf(call, found.fromId).issue, to: issueOf(call, found.toId).issue }
}

export const linkHandlers: readonly Served[] = [
  serve(linkIssues, [], add),
  serve(getIssueLink, [], (call) => {
    const { link: found, from, to, type } = linkOf(call)
    return ok({
      id: found.id,
      self: rest(call, `issueLink/${found.id}`),
      type: linkTypeView(call, type),
      inwardIssue: relatedView(call, from),
      outwardIssue: relatedView(call, to),
    })
  }),
  serve(deleteIssueLink, [], (call) => {
    const found = linkOf(call)
    for (const { key } of [found.from, found.to]) endOf(call, { key })
    call.site.jira.links.delete(found.link.id)
    noteBothEnds(call, found, { added: false, now: call.clock.now() })
    return empty()
  }),
]
