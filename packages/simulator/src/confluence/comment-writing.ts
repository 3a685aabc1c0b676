import { readBody } from '../content/body.ts'
import { markWords } from '../content/marking.ts'
import type { Call } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Body, Content, ContentComment, InlineAnchor } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { commentsAt } from '../world/wiki-indexes.ts'
import { anchorOf } from './anchors.ts'
import { commentView } from './comment-view.ts'
import { attachmentOf, commentOf, contentOf, mayAround } from './find.ts'
import { purgeComment } from './lifecycle.ts'
import { bodyOf, refuseInput, refuseRight } from './refuse.ts'
import { newest } from './view.ts'

function readText(given: unknown): Body {
  const body = readBody(given)
  return typeof body === 'string' ? refuseInput(body) : body
}

/** What a new comment is about: content, an attachment, or another comment. */
interface Subject {
  readonly content: Content
  /** The attachment or the content itself. */
  readonly contentId: string
  readonly parentId: string | null
}

/** The members that name content, with its type. */
const subjects = { pageId: 'page', blogPostId: 'blogpost', customContentId: 'custom' } as const

function subjectOf(call: Call, body: JsonObject, kind: ContentComment['kind']): Subject {
  const parentId = asId(body['parentCommentId'])
  if (parentId !== undefined) {
    const { comment, content } = commentOf(call, parentId, kind)
    return { content, contentId: comment.contentId, parentId }
  }
  const attachmentId = asId(body['attachmentId'])
  if (attachmentId !== undefined && kind === 'footer') {
    const { attachment, content } = attachmentOf(call, attachmentId)
    return { content, contentId: attachment.id, parentId: null }
  }
  for (const [member, type] of Object.entries(subjects)) {
    const id = asId(body[member])
    if (id !== undefined) return { content: contentOf(call, id, { type }), contentId: id, parentId: null }
  }
  return refuseInput('One of pageId, blogPostId and parentCommentId is needed')
}

/**
 * Marks the words that an inline comment is about. How often they stand on the page has to be known (documented). The
 * page does not get a new version by that (inferred).
 */
function anchorTo(call: Call, content: Content, given: unknown): InlineAnchor {
  const properties = asObject(given)
  const selection = asText(properties?.['textSelection'])
  if (selection === undefined || selection === '') return refuseInput('The textSelection is missing')
  const index = asInteger(properties?.['textSelectionMatchIndex']) ?? 0
  const expected = asInteger(properties?.['textSelectionMatchCount'])
  const markerRef = call.random.uuid('marker')
  const version = newest(content)
  const { count, body } = markWords(version.body, { text: selection, index: Math.max(0, index) }, markerRef)
  if (!body || index < 0 || (expected !== undefined && expected !== count)) {
    return refuseInput(`The textSelection is there ${count} times, not as its match count and index say`)
  }
  content.versions[content.versions.length - 1] = { ...version, body }
  return { markerRef, selection, status: 'open' }
}

export function createComment(call: Call, kind: ContentComment['kind']): Reply {
  const given = bodyOf(call)
  const { content, contentId, parentId } = subjectOf(call, given, kind)
  const { person } = call.caller
  if (!person || !mayAround(call, content, { key: 'create', target: 'comment' })) {
    return refuseRight('You do not have permission to comment on this content')
  }
  const body = readText(given['body'])
  const anchor =
    kind === 'inline' && parentId === null
      ? anchorTo(call, content, given['inlineCommentProperties'])
      : undefined
  const createdAt = call.clock.now()
  const authorId = person.accountId
  const comment: ContentComment = {
    id: nextId(call.world, kind === 'inline' ? 'inlineComment' : 'content', call.site.cloudId),
    contentId,
    parentId,
    authorId,
    createdAt,
    kind,
    likes: new Set(),
    versions: [{ number: 1, message: '', minorEdit: false, authorId, createdAt, title: '', body }],
    ...(anchor && { anchor }),
  }
  call.site.confluence.comments.set(comment.id, comment)
  return json(201, commentView(call, comment, { format: body.representation, single: true, fresh: true }))
}

/** Settles what an inline comment is about, or opens it again; one that dangles stays as it is (documented). */
function resolve(call: Call, comment: ContentComment, resolved: unknown): void {
  const anchor = anchorOf(call.site, comment)
  if (typeof resolved !== 'boolean' || !anchor) return
  if (anchor.status === 'dangling') refuseInput('A dangling comment cannot be changed')
  if (resolved === (anchor.status === 'resolved')) return
  anchor.status = resolved ? 'resolved' : 'reopened'
  anchor.modifierId = call.caller.person?.accountId ?? ''
  anchor.modifiedAt = call.clock.now()
}

/** The text of a comment is its author's; settling it is for everyone who may comment (inferred). */
function mayChange(
  call: Call,
  { comment, content }: ReturnType<typeof commentOf>,
  given: JsonObject,
): boolean {
  if (comment.authorId === call.caller.person?.accountId) return true
  const settlesOnly = given['body'] === undefined && typeof given['resolved'] === 'boolean'
  return settlesOnly && mayAround(call, content, { key: 'create', target: 'comment' })
}

export function updateComment(call: Call, kind: ContentComment['kind']): Reply {
  const found = commentOf(call, call.path['comment-id'], kind)
  const { comment } = found
  const given = bodyOf(call)
  if (!mayChange(call, found, given)) refuseRight('You do not have permission to edit this comment')
  const version = asObject(given['version'])
  const { number, body: before } = newest(comment)
  if (asInteger(version?.['number']) !== number + 1) {
    refuse(confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`))
  }
  const settles = kind === 'inline' && given['resolved'] !== undefined
  const body = given['body'] === undefined && settles ? before : readText(given['body'])
  if (kind === 'inline') resolve(call, comment, given['resolved'])
  comment.versions.push({
    number: number + 1,
    message: asText(version?.['message']) ?? '',
    minorEdit: false,
    authorId: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
    title: '',
    body,
  })
  return ok(commentView(call, comment, { format: body.representation, single: true }))
}

export function deleteComment(call: Call, kind: ContentComment['kind']): Reply {
  const { comment, content } = commentOf(call, call.path['comment-id'], kind)
  const own = comment.authorId === call.caller.person?.accountId
  if (!own && !mayAround(call, content, { key: 'delete', target: 'comment' })) {
    return refuseRight('You do not have permission to delete this comment')
  }
  const gone = new Set([comment.id])
  for (const { id, parentId } of commentsAt(call.site, comment.contentId)) {
    if (parentId !== null && gone.has(parentId)) gone.add(id)
  }
  for (const id of gone) purgeComment(call.site, id)
  return empty()
}
