import type { CallOptions, PagedOperation, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import {
  type BodyFormat,
  type ListBodyFormat,
  type NewBody,
  type WithBody,
  withBody,
  writtenBody,
} from '../bodies.ts'
import {
  createFooterComment,
  createInlineComment,
  deleteFooterComment,
  deleteInlineComment,
  getBlogPostFooterComments,
  getBlogPostInlineComments,
  getFooterCommentById,
  getFooterCommentChildren,
  getInlineCommentById,
  getInlineCommentChildren,
  getPageFooterComments,
  getPageInlineComments,
  updateFooterComment,
  updateInlineComment,
} from '../generated/v2/operations.gen.ts'
import type {
  ChildrenCommentModel,
  FooterCommentModel,
  InlineCommentChildrenModel,
  InlineCommentModel,
  PageCommentModel,
  PageInlineCommentModel,
} from '../generated/v2/types.gen.ts'

/** What comments are on. */
export type Commented = { readonly pageId: string } | { readonly blogPostId: string }

/** Where a new comment goes: on a page or post, or below another comment. */
export type CommentPlace = Commented | { readonly parentCommentId: string }

/** What listing comments may be told. */
export interface CommentListOptions<Format extends ListBodyFormat | undefined> extends ListOptions {
  readonly body?: Format
}

/** What reading a comment may be told. */
export interface CommentOptions<Format extends BodyFormat | undefined> extends CallOptions {
  readonly body?: Format
}

/** A change of a comment. */
export interface CommentChange {
  /** The comment as it was read. */
  readonly from: { readonly version: { readonly number: number } }
  readonly body: NewBody
  readonly message?: string
}

/** Comments at the foot of pages and posts. */
export interface FooterComments {
  /** Without replies. `getPageFooterComments`, `getBlogPostFooterComments` */
  readonly list: <const Format extends ListBodyFormat | undefined = undefined>(
    on: Commented,
    options?: CommentListOptions<Format>,
  ) => List<WithBody<PageCommentModel, Format>>
  /** `getFooterCommentChildren` */
  readonly replies: <const Format extends ListBodyFormat | undefined = undefined>(
    commentId: string,
    options?: CommentListOptions<Format>,
  ) => List<WithBody<ChildrenCommentModel, Format>>
  /** `getFooterCommentById` */
  readonly get: <const Format extends BodyFormat | undefined = undefined>(
    commentId: string,
    options?: CommentOptions<Format>,
  ) => Promise<WithBody<FooterCommentModel, Format>>
  /** `createFooterComment` */
  readonly add: (place: CommentPlace, body: NewBody, options?: CallOptions) => Promise<FooterCommentModel>
  /** `updateFooterComment` */
  readonly update: (
    commentId: string,
    change: CommentChange,
    options?: CallOptions,
  ) => Promise<FooterCommentModel>
  /** Cannot be undone. `deleteFooterComment` */
  readonly remove: (commentId: string, options?: CallOptions) => Promise<void>
}

/** The text that an inline comment is about. */
export interface Selection {
  /** As it stands in the page, without formatting. */
  readonly text: string
  /** Which of its occurrences, counted from 0. Default: the only one. */
  readonly index?: number
  /** How often it occurs in the page. Default: no further than that. */
  readonly count?: number
}

/** Comments on a passage of a page or post. */
export interface InlineComments {
  /** Without replies. `getPageInlineComments`, `getBlogPostInlineComments` */
  readonly list: <const Format extends ListBodyFormat | undefined = undefined>(
    on: Commented,
    options?: CommentListOptions<Format>,
  ) => List<WithBody<PageInlineCommentModel, Format>>
  /** `getInlineCommentChildren` */
  readonly replies: <const Format extends ListBodyFormat | undefined = undefined>(
    commentId: string,
    options?: CommentListOptions<Format>,
  ) => List<WithBody<InlineCommentChildrenModel, Format>>
  /** `getInlineCommentById` */
  readonly get: <const Format extends BodyFormat | undefined = undefined>(
    commentId: string,
    options?: CommentOptions<Format>,
  ) => Promise<WithBody<InlineCommentModel, Format>>
  /** `createInlineComment` */
  readonly add: (
    on: Commented,
    comment: { readonly body: NewBody; readonly selection: Selection },
    options?: CallOptions,
  ) => Promise<InlineCommentModel>
  /** `createInlineComment` */
  readonly reply: (commentId: string, body: NewBody, options?: CallOptions) => Promise<InlineCommentModel>
  /** Also closes and reopens it. `updateInlineComment` */
  readonly update: (
    commentId: string,
    change: CommentChange & { readonly resolved?: boolean },
    options?: CallOptions,
  ) => Promise<InlineCommentModel>
  /** Cannot be undone. `deleteInlineComment` */
  readonly remove: (commentId: string, options?: CallOptions) => Promise<void>
}

/** Comments of both kinds. */
export interface Comments {
  readonly footer: FooterComments
  readonly inline: InlineComments
}

/** Binds comments to a connection. */
export const comments = (rest: Rest): Comments => ({
  footer: footerComments(rest),
  inline: inlineComments(rest),
})

const footerComments = (rest: Rest): FooterComments => ({
  list: (on, options) =>
    'pageId' in on
      ? bodied(rest, getPageFooterComments, { path: { id: on.pageId }, ...options })
      : bodied(rest, getBlogPostFooterComments, { path: { id: on.blogPostId }, ...options }),
  replies: (id, options) => bodied(rest, getFooterCommentChildren, { path: { id }, ...options }),
  async get(id, { body, ...options } = {}) {
    const query = { ...(body !== undefined && { 'body-format': body }) }
    const comment = await rest.call(getFooterCommentById, { path: { 'comment-id': id }, query }, options)
    return withBody(getFooterCommentById, comment, body)
  },
  add: (place, body, options) =>
    rest.call(createFooterComment, { body: { ...place, body: writtenBody(body) } }, options),
  update: (id, change, options) =>
    rest.call(updateFooterComment, { path: { 'comment-id': id }, body: changed(change) }, options),
  async remove(id, options) {
    await rest.call(deleteFooterComment, { path: { 'comment-id': id } }, options)
  },
})

const inlineComments = (rest: Rest): InlineComments => ({
  list: (on, options) =>
    'pageId' in on
      ? bodied(rest, getPageInlineComments, { path: { id: on.pageId }, ...options })
      : bodied(rest, getBlogPostInlineComments, { path: { id: on.blogPostId }, ...options }),
  replies: (id, options) => bodied(rest, getInlineCommentChildren, { path: { id }, ...options }),
  async get(id, { body, ...options } = {}) {
    const query = { ...(body !== undefined && { 'body-format': body }) }
    const comment = await rest.call(getInlineCommentById, { path: { 'comment-id': id }, query }, options)
    return withBody(getInlineCommentById, comment, body)
  },
  add(on, { body, selection: { text, index = 0, count = index + 1 } }, options) {
    const inlineCommentProperties = {
      textSelection: text,
      textSelectionMatchCount: count,
      textSelectionMatchIndex: index,
    }
    return rest.call(
      createInlineComment,
      { body: { ...on, body: writtenBody(body), inlineCommentProperties } },
      options,
    )
  },
  reply: (parentCommentId, body, options) =>
    rest.call(createInlineComment, { body: { parentCommentId, body: writtenBody(body) } }, options),
  update: (id, { resolved, ...change }, options) =>
    rest.call(
      updateInlineComment,
      {
        path: { 'comment-id': id },
        body: { ...changed(change), ...(resolved !== undefined && { resolved }) },
      },
      options,
    ),
  async remove(id, options) {
    await rest.call(deleteInlineComment, { path: { 'comment-id': id } }, options)
  },
})

/** A list of comments whose bodies come in the format that was asked for. */
function bodied<Data, Result, Item extends object, View extends { readonly body: unknown }>(
  rest: Rest,
  operation: PagedOperation<Data, Result, Item>,
  { path, body, ...options }: CommentListOptions<ListBodyFormat | undefined> & { readonly path: object },
): List<View> {
  const query = { ...(body !== undefined && { 'body-format': body }) }
  return listOf(
    rest,
    {
      operation,
      input: { path, query },
      map: (comment) => withBody<View>(operation, comment, body),
      largest: 250,
    },
    options,
  )
}

const changed = ({
  from,
  body,
  message,
}: CommentChange): {
  readonly version: { readonly number: number; readonly message?: string }
  readonly body: ReturnType<typeof writtenBody>
} => ({
  version: { number: from.version.number + 1, ...(message !== undefined && { message }) },
  body: writtenBody(body),
})
