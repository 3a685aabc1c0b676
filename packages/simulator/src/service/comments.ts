import { wikiToAdf } from '@telamon/adf'
import {
  createRequestComment,
  getRequestCommentById,
  getRequestComments,
} from '@telamon/jira/service-management'

import { documentHtml } from '../content/document.ts'
import { documentToWiki } from '../content/wiki.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { isPicture } from '../jira/attachment-view.ts'
import type { View } from '../jira/view.ts'
import { nextId } from '../world/ids.ts'
import type { Comment, Issue } from '../world/jira-model.ts'
import { mayReadComment } from '../world/permissions.ts'
import { findRequest, isAgentOf, type CustomerRequest, requestOf } from './access.ts'
import { askerOf, refuseService, serviceAddress, serviceBody, servicePage } from './answers.ts'
import { dateView, personView } from './values.ts'

/** The comments of a request that the caller may read: internal ones are for agents (documented). */
export function readableComments(call: Call, { issue, desk, project }: CustomerRequest): readonly Comment[] {
  const isAgent = isAgentOf(call, desk)
  return issue.comments.filter(
    (comment) =>
      (isAgent || comment.internal !== true) &&
      mayReadComment(call.caller, comment, { site: call.site, project, issue }),
  )
}

/** How the text of a comment names the files that came with it (documented in an example). */
function filesOf(issue: Issue, { attachmentIds = [] }: Comment): readonly string[] {
  return issue.attachments
    .filter(({ id }) => attachmentIds.includes(id))
    .map((file) =>
      isPicture(file)
        ? `!${file.filename}|thumbnail!`
        : `[^${file.filename}] _(${Math.max(1, Math.round(file.size / 1024))} kB)_`,
    )
}

/** A comment, its text in wiki notation (documented). */
export function commentView(
  view: View,
  { issue, rendered }: { readonly issue: Issue; readonly rendered: boolean },
  comment: Comment,
): Record<string, unknown> {
  const { id, body, internal, authorId, created } = comment
  const author = personView(view, authorId)
  return {
    _expands: ['attachment', 'renderedBody'],
    id,
    body: [documentToWiki(body), ...filesOf(issue, comment)].filter((part) => part !== '').join(' '),
    ...(rendered && { renderedBody: { html: documentHtml(body) ?? '' } }),
    public: internal !== true,
    ...(author && { author }),
    created: dateView(view, created),
    _links: { self: serviceAddress(view, `request/${issue.id}/comment/${id}`) },
  }
}

const isRendered = (call: Call): boolean => call.query.list('expand').includes('renderedBody')

/** Who may not see the request gets an empty page, and no refusal (documented). */
function list(call: Call): Reply {
  const request = findRequest(call)
  const [withPublic, withInternal] = [call.query.flag('public', true), call.query.flag('internal', true)]
  const comments = (request ? readableComments(call, request) : []).filter(({ internal }) =>
    internal === true ? withInternal : withPublic,
  )
  const rendered = isRendered(call)
  return ok(
    servicePage(call, comments, (comment) =>
      request ? commentView(call, { issue: request.issue, rendered }, comment) : undefined,
    ),
  )
}

/** Puts a comment under a request. Participants and the reporter may always write, and in public alone (documented). */
export function addRequestComment(
  call: Call,
  { issue }: Pick<CustomerRequest, 'issue'>,
  {
    text,
    isPublic,
    attachmentIds,
  }: { readonly text: string; readonly isPublic: boolean; readonly attachmentIds?: readonly string[] },
): Comment {
  const now = call.clock.now()
  const authorId = askerOf(call)
  const comment: Comment = {
    id: nextId(call.world, 'comment', call.site.cloudId),
    authorId,
    updateAuthorId: authorId,
    body: wikiToAdf(text).doc,
    created: now,
    updated: now,
    ...(!isPublic && { internal: true as const }),
    ...(attachmentIds && { attachmentIds }),
  }
  issue.comments.push(comment)
  issue.updated = now
  return comment
}

function add(call: Call): Reply {
  const request = requestOf(call)
  const body = serviceBody(call)
  const text = asText(body['body'])?.trim() ?? ''
  if (text === '') return refuseService(400, 'A comment needs a body.')
  const isPublic = body['public'] !== false
  if (!isPublic && !isAgentOf(call, request.desk)) {
    return refuseService(403, 'Only an agent can write internal comments.')
  }
  const comment = addRequestComment(call, request, { text, isPublic })
  return json(201, commentView(call, { issue: request.issue, rendered: false }, comment))
}

export const requestCommentHandlers: readonly Served[] = [
  serve(getRequestComments, ['public', 'internal', 'expand', 'start', 'limit'], list),
  serve(createRequestComment, [], add),
  serve(getRequestCommentById, ['expand'], (call) => {
    const request = requestOf(call)
    const comment = readableComments(call, request).find(({ id }) => id === call.path['commentId'])
    return comment
      ? ok(commentView(call, { issue: request.issue, rendered: isRendered(call) }, comment))
      : refuseService(404, `No comment exists with id '${call.path['commentId']}'.`)
  }),
]
