import { addComment, deleteComment, getComment, getComments, updateComment } from '@telamon/jira/operations'

import { documentHtml, readDocument } from '../content/document.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asList, asObject, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Comment, Issue, Project, ProjectPermission } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { commentView } from './comment-view.ts'
import { issueOf } from './find.ts'
import { cut, windowOf } from './page.ts'
import { propertiesOf, setProperty } from './property-store.ts'
import { rest } from './view.ts'
import { readVisibility } from './visibility.ts'

function view(call: Call, issue: Issue, comment: Comment): Record<string, unknown> {
  const expand = call.query.list('expand')
  const properties = [...propertiesOf(call.site, 'comment', comment.id)]
  return {
    ...commentView.one(call, issue, comment),
    ...(expand.includes('renderedBody') && { renderedBody: documentHtml(comment.body) }),
    ...(expand.includes('properties') && { properties: properties.map(([key, value]) => ({ key, value })) }),
  }
}

/** Writes the properties that came along with a comment (documented). */
function setProperties({ site }: Call, { id }: Comment, body: JsonObject): void {
  for (const one of asList(body['properties']) ?? []) {
    const { key, value } = asObject(one) ?? {}
    if (typeof key === 'string') setProperty(site, { kind: 'comment', id, key }, value)
  }
}

/** A comment that the caller may read. */
function commentOf(call: Call): {
  readonly comment: Comment
  readonly issue: Issue
  readonly project: Project
} {
  const found = issueOf(call, call.path['issueIdOrKey'])
  const id = call.path['id'] ?? ''
  const comment = commentView.visible(call, found.issue).find((one) => one.id === id)
  return comment
    ? { ...found, comment }
    : refuse(jiraError(404, [`Can not find a comment for the id: ${id}.`]))
}

function list(call: Call): Reply {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const window = windowOf(call, 100, 5000)
  const oldestFirst = commentView.visible(call, issue)
  const comments = call.query.text('orderBy') === '-created' ? oldestFirst.toReversed() : oldestFirst
  return ok({
    ...window,
    total: comments.length,
    comments: cut(comments, window).map((one) => view(call, issue, one)),
  })
}

/** The text of a comment, which has to be a document. */
function readText(body: JsonObject): Comment['body'] {
  const given = body['body']
  if (given === undefined || given === null) {
    return refuse(jiraError(400, [], { comment: 'Comment body can not be empty!' }))
  }
  const read = readDocument(given)
  if (read.ok) return read.document
  return refuse(
    read.error === 'INVALID_INPUT'
      ? jiraError(400, ['INVALID_INPUT'])
      : jiraError(400, [], { comment: read.error }),
  )
}

/** Whether only agents of the service desk read a comment: said by a property (documented by JSM Cloud's guides). */
function isInternal(body: JsonObject): boolean {
  return (asList(body['properties']) ?? []).some((one) => {
    const { key, value } = asObject(one) ?? {}
    return key === 'sd.public.comment' && asObject(value)?.['internal'] === true
  })
}

function add(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const body = bodyOf(call)
  if (!may(call.caller, 'ADD_COMMENTS', { site: call.site, project, issue })) {
    return jiraError(400, [], { comment: 'You do not have the permission to comment on this issue.' })
  }
  const document = readText(body)
  const visibility = readVisibility(call, body, { issue, project })
  const now = call.clock.now()
  const authorId = call.caller.person?.accountId ?? null
  const id = nextId(call.world, 'comment', call.site.cloudId)
  const comment: Comment = {
    id,
    authorId,
    updateAuthorId: authorId,
    body: document,
    created: now,
    updated: now,
    ...(visibility && { visibility }),
    ...(call.site.service.requests.has(issue.id) && isInternal(body) && { internal: true as const }),
  }
  issue.comments.push(comment)
  setProperties(call, comment, body)
  issue.updated = now
  return json(201, view(call, issue, comment), { location: rest(call, `issue/${issue.id}/comment/${id}`) })
}

/** Whether the caller may change or delete: all comments, or the caller's own. */
function mayTouch(call: Call, found: ReturnType<typeof commentOf>, verb: 'EDIT' | 'DELETE'): boolean {
  const { comment, issue, project } = found
  const own = comment.authorId !== null && comment.authorId === call.caller.person?.accountId
  const asks = (permission: ProjectPermission): boolean =>
    may(call.caller, permission, { site: call.site, project, issue })
  return asks(`${verb}_ALL_COMMENTS`) || (own && asks(`${verb}_OWN_COMMENTS`))
}

function update(call: Call): Reply {
  const found = commentOf(call)
  const body = bodyOf(call)
  if (!mayTouch(call, found, 'EDIT')) {
    return jiraError(400, [`You do not have the permission to edit this comment.`])
  }
  const { comment, issue } = found
  const document = readText(body)
  const visibility = readVisibility(call, body, found)
  const now = call.clock.now()
  comment.body = document
  setProperties(call, comment, body)
  if (visibility) comment.visibility = visibility
  comment.updateAuthorId = call.caller.person?.accountId ?? null
  comment.updated = now
  issue.updated = now
  return ok(view(call, issue, comment))
}

function remove(call: Call): Reply {
  const found = commentOf(call)
  if (!mayTouch(call, found, 'DELETE')) {
    return jiraError(400, [`You do not have permission to delete comment with id: ${found.comment.id}`])
  }
  const { comment, issue } = found
  issue.comments.splice(issue.comments.indexOf(comment), 1)
  call.site.jira.properties.delete(`comment/${comment.id}`)
  issue.updated = call.clock.now()
  return empty()
}

export const commentHandlers: readonly Served[] = [
  serve(getComments, ['startAt', 'maxResults', 'orderBy', 'expand'], list),
  serve(getComment, ['expand'], (call) => {
    const { comment, issue } = commentOf(call)
    return ok(view(call, issue, comment))
  }),
  serve(addComment, ['expand'], add),
  serve(updateComment, ['expand', 'notifyUsers'], update),
  serve(deleteComment, [], remove),
]
