import {
  createFooterComment,
  deleteFooterComment,
  getBlogPostFooterComments,
  getFooterCommentById,
  getFooterCommentChildren,
  getFooterComments,
  getPageFooterComments,
  updateFooterComment,
} from '@telamon/confluence/operations'

import { type BodyFormat, readBody } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText } from '../http/value.ts'
import type { Body, Content, ContentComment } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { mayInSpace } from '../world/permissions.ts'
import { commentOf, contentOf, sees } from './find.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { formatOf } from './pages.ts'
import { bodyOf, refuseInput, refuseMissing, refuseRight } from './refuse.ts'
import { bodyView, newest, titleOf, versionView, webui } from './view.ts'

interface Shape {
  readonly format?: BodyFormat | undefined
  readonly single: boolean
  /** A new comment is answered without its resolution (recorded, F-CF-10). */
  readonly fresh?: boolean
}

/** A footer comment (recorded, F-CF-10). */
function view(
  call: Call,
  comment: ContentComment,
  { format, single, fresh = false }: Shape,
): Record<string, unknown> {
  const content = call.site.confluence.contents.get(comment.contentId)
  if (!content) return {}
  const version = newest(comment)
  return {
    id: comment.id,
    status: 'current',
    title: `Re: ${titleOf(content)}`,
    [content.type === 'blogpost' ? 'blogPostId' : 'pageId']: content.id,
    ...(comment.parentId !== null && { parentCommentId: comment.parentId }),
    version: versionView(version),
    ...(!fresh && { resolutionStatus: 'open' }),
    ...(format !== undefined && { body: bodyView(version, format) }),
    _links: {
      webui: `${webui(call.site, content)}?focusedCommentId=${comment.id}`,
      ...(single && { base: `${call.links.site}/wiki` }),
    },
  }
}

const describe = (comment: ContentComment): Sortable => ({
  id: comment.id,
  title: '',
  createdAt: comment.createdAt,
  modifiedAt: newest(comment).createdAt,
})

function list(call: Call, wanted: (comment: ContentComment) => boolean): Reply {
  const format = formatOf(call, true)
  const found = [...call.site.confluence.comments.values()].filter(wanted).filter((comment) => {
    const content = call.site.confluence.contents.get(comment.contentId)
    return content !== undefined && content.status !== 'trashed' && sees(call, content)
  })
  return listReply(call, sorted(call, found, describe), (comment) =>
    view(call, comment, { format, single: false }),
  )
}

/** Comments of the first level on one piece of content. */
function listOn(call: Call, content: Content): Reply {
  return list(call, ({ contentId, parentId }) => contentId === content.id && parentId === null)
}

function readText(given: unknown): Body {
  const body = readBody(given)
  return typeof body === 'string' ? refuseInput(body) : body
}

/** What a new comment is about: a page, a blog post, or another comment. */
function subjectOf(
  call: Call,
  body: Readonly<Record<string, unknown>>,
): { readonly content: Content; readonly parentId: string | null } {
  const parentId = asId(body['parentCommentId'])
  if (parentId !== undefined) return { content: commentOf(call, parentId).content, parentId }
  const [pageId, blogPostId] = [asId(body['pageId']), asId(body['blogPostId'])]
  if (pageId !== undefined) return { content: contentOf(call, pageId, { type: 'page' }), parentId: null }
  if (blogPostId !== undefined)
    return { content: contentOf(call, blogPostId, { type: 'blogpost' }), parentId: null }
  return refuseInput('One of pageId, blogPostId and parentCommentId is needed')
}

function create(call: Call): Reply {
  const given = bodyOf(call)
  const { content, parentId } = subjectOf(call, given)
  const space = call.site.confluence.spaces.get(content.spaceId)
  const { person } = call.caller
  if (!person || !space || !mayInSpace(call.caller, call.site, { space, key: 'create', target: 'comment' })) {
    return refuseRight('You do not have permission to comment on this content')
  }
  const body = readText(given['body'])
  const createdAt = call.clock.now()
  const id = nextId(call.world, 'content', call.site.cloudId)
  const authorId = person.accountId
  const version = { number: 1, message: '', minorEdit: false, authorId, createdAt, title: '', body }
  const comment: ContentComment = {
    id,
    contentId: content.id,
    parentId,
    authorId,
    createdAt,
    versions: [version],
  }
  call.site.confluence.comments.set(id, comment)
  return json(201, view(call, comment, { format: body.representation, single: true, fresh: true }))
}

/** A comment of the caller's own; others cannot be changed, only deleted by who may (inferred). */
function update(call: Call): Reply {
  const { comment } = commentOf(call, call.path['comment-id'])
  const given = bodyOf(call)
  if (comment.authorId !== call.caller.person?.accountId)
    refuseRight('You do not have permission to edit this comment')
  const version = asObject(given['version'])
  const { number } = newest(comment)
  if (asInteger(version?.['number']) !== number + 1) {
    refuse(confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`))
  }
  const body = readText(given['body'])
  comment.versions.push({
    number: number + 1,
    message: asText(version?.['message']) ?? '',
    minorEdit: false,
    authorId: comment.authorId,
    createdAt: call.clock.now(),
    title: '',
    body,
  })
  return ok(view(call, comment, { format: body.representation, single: true }))
}

function remove(call: Call): Reply {
  const { comment, content } = commentOf(call, call.path['comment-id'])
  const space = call.site.confluence.spaces.get(content.spaceId)
  const own = comment.authorId === call.caller.person?.accountId
  if (!own && !(space && mayInSpace(call.caller, call.site, { space, key: 'delete', target: 'comment' }))) {
    return refuseRight('You do not have permission to delete this comment')
  }
  const { comments } = call.site.confluence
  comments.delete(comment.id)
  for (const [id, { parentId }] of comments) if (parentId === comment.id) comments.delete(id)
  return empty()
}

const listNames = ['body-format', 'sort', 'cursor', 'limit'] as const

export const commentHandlers: readonly Served[] = [
  serve(getFooterComments, listNames, (call) => list(call, () => true)),
  serve(getPageFooterComments, listNames, (call) =>
    listOn(call, contentOf(call, call.path['id'], { type: 'page' })),
  ),
  serve(getBlogPostFooterComments, listNames, (call) =>
    listOn(call, contentOf(call, call.path['id'], { type: 'blogpost' })),
  ),
  serve(getFooterCommentChildren, listNames, (call) => {
    const { comment: parent } = commentOf(call, call.path['id'])
    return list(call, ({ parentId }) => parentId === parent.id)
  }),
  serve(getFooterCommentById, ['body-format', 'version', 'include-version'], (call) => {
    const { comment } = commentOf(call, call.path['comment-id'])
    const number = call.query.integer('version', 0)
    const known = number === 0 || comment.versions.some((version) => version.number === number)
    if (!known) return refuseMissing('Version', String(number))
    return ok(view(call, comment, { format: formatOf(call, false), single: true }))
  }),
  serve(createFooterComment, [], create),
  serve(updateFooterComment, [], update),
  serve(deleteFooterComment, [], remove),
]
