import { type CallOptions, type Operation, type Rest } from '@telamon/rest'
import { AtlassianError } from '@telamon/rest/surface'

import { type BodyFormat, type WithBody, withBody } from '../bodies.ts'
import {
  convertContentIdsToContentTypes,
  getAttachmentById,
  getBlogPostById,
  getCustomContentById,
  getDatabaseById,
  getFolderById,
  getFooterCommentById,
  getInlineCommentById,
  getPageById,
  getSmartLinkById,
  getWhiteboardById,
} from '../generated/v2/operations.gen.ts'
import type {
  AttachmentSingle,
  BlogPostSingle,
  CustomContentSingle,
  DatabaseSingle,
  FolderSingle,
  FooterCommentModel,
  InlineCommentModel,
  PageSingle,
  SmartLinkSingle,
  WhiteboardSingle,
} from '../generated/v2/types.gen.ts'

/** The types of content that have a body. */
interface Bodied {
  readonly page: PageSingle
  readonly blogpost: BlogPostSingle
  readonly 'footer-comment': FooterCommentModel
  readonly 'inline-comment': InlineCommentModel
  /** Content of apps. `customType` tells which. */
  readonly custom: CustomContentSingle & { readonly customType: string }
}

/** The types of content that have none which could be read. */
interface Bodiless {
  readonly whiteboard: WhiteboardSingle
  readonly database: DatabaseSingle
  readonly folder: FolderSingle
  readonly embed: SmartLinkSingle
  readonly attachment: AttachmentSingle
}

/** The type of a content. Those of apps are all called `custom` here. */
export type ContentType = keyof Bodied | keyof Bodiless

/** Any content, to be told apart by `type`. */
export type Content<Format extends BodyFormat | undefined = undefined> =
  | {
      readonly [Type in keyof Bodied]: { readonly type: Type } & Omit<WithBody<Bodied[Type], Format>, 'type'>
    }[keyof Bodied]
  | {
      readonly [Type in keyof Bodiless]: { readonly type: Type; readonly body: undefined } & Omit<
        Bodiless[Type],
        'type'
      >
    }[keyof Bodiless]

/** What reading a content may be told. */
export interface ContentOptions<Format extends BodyFormat | undefined> extends CallOptions {
  /** Default: no body. */
  readonly body?: Format
  /** Saves a look-up where it is known. */
  readonly type?: ContentType
}

/** Content of which only the id is known. */
export interface Contents {
  /**
   * Looks the type up and then reads it. `convertContentIdsToContentTypes`, and then one of `getPageById`,
   * `getBlogPostById`, `getWhiteboardById`, `getDatabaseById`, `getFolderById`, `getSmartLinkById`, `getAttachmentById`,
   * `getFooterCommentById`, `getInlineCommentById`, `getCustomContentById`
   */
  readonly get: <const Format extends BodyFormat | undefined = undefined>(
    contentId: string,
    options?: ContentOptions<Format>,
  ) => Promise<Content<Format>>
  /** The types of contents, by id. What there is not, or may not be seen, is left out. `convertContentIdsToContentTypes` */
  readonly types: (
    contentIds: readonly string[],
    options?: CallOptions,
  ) => Promise<Readonly<Record<string, ContentType>>>
}

type Read = (
  rest: Rest,
  id: string,
  ask: { readonly body: BodyFormat | undefined; readonly options: CallOptions },
) => Promise<{ readonly body: unknown }>

const formatOf = (body: BodyFormat | undefined): { readonly 'body-format'?: BodyFormat } =>
  body === undefined ? {} : { 'body-format': body }

/** Knows fewer formats than pages do. Confluence refuses the others with a sentence of its own. */
const anyCustomContent: Operation<unknown, CustomContentSingle> = getCustomContentById

const readers: Readonly<Record<ContentType, Read>> = {
  page: async ({ call }, id, { body, options }) =>
    withBody(getPageById, await call(getPageById, { path: { id }, query: formatOf(body) }, options), body),
  blogpost: async ({ call }, id, { body, options }) =>
    withBody(
      getBlogPostById,
      await call(getBlogPostById, { path: { id }, query: formatOf(body) }, options),
      body,
    ),
  'footer-comment': async ({ call }, id, { body, options }) =>
    withBody(
      getFooterCommentById,
      await call(getFooterCommentById, { path: { 'comment-id': id }, query: formatOf(body) }, options),
      body,
    ),
  'inline-comment': async ({ call }, id, { body, options }) =>
    withBody(
      getInlineCommentById,
      await call(getInlineCommentById, { path: { 'comment-id': id }, query: formatOf(body) }, options),
      body,
    ),
  custom: async ({ call }, id, { body, options }) => {
    const item = await call(anyCustomContent, { path: { id }, query: formatOf(body) }, options)
    return withBody(getCustomContentById, { ...item, customType: item.type }, body)
  },
  whiteboard: async ({ call }, id, { options }) =>
    withBody(getWhiteboardById, await call(getWhiteboardById, { path: { id } }, options), undefined),
  database: async ({ call }, id, { options }) =>
    withBody(getDatabaseById, await call(getDatabaseById, { path: { id } }, options), undefined),
  folder: async ({ call }, id, { options }) =>
    withBody(getFolderById, await call(getFolderById, { path: { id } }, options), undefined),
  embed: async ({ call }, id, { options }) =>
    withBody(getSmartLinkById, await call(getSmartLinkById, { path: { id } }, options), undefined),
  attachment: async ({ call }, id, { options }) =>
    withBody(getAttachmentById, await call(getAttachmentById, { path: { id } }, options), undefined),
}

const isType = (name: string): name is ContentType => Object.hasOwn(readers, name)

/** Binds content to a connection. */
export function content(rest: Rest): Contents {
  const types: Contents['types'] = async (contentIds, options) => {
    const { results } = await rest.call(convertContentIdsToContentTypes, { body: { contentIds } }, options)
    const known = Object.entries(results ?? {}).flatMap(([id, name]): [string, ContentType | 'custom'][] =>
      name === null ? [] : [[id, isType(name) ? name : 'custom']],
    )
    return Object.fromEntries(known)
  }
  return {
    types,
    async get<const Format extends BodyFormat | undefined = undefined>(
      id: string,
      { body, type, ...options }: ContentOptions<Format> = {},
    ): Promise<Content<Format>> {
      const found = type ?? (await types([id], options))[id]
      if (found === undefined) throw missing()
      return typed(found, await readers[found](rest, id, { body, options }))
    },
  }
}

const missing = (): AtlassianError =>
  new AtlassianError({
    code: 'not_found',
    operation: convertContentIdsToContentTypes,
    detail: 'There is no content with that id, or this account may not see it.',
  })

/** What was read, with its type for telling it apart. */
function typed<Format extends BodyFormat | undefined>(type: ContentType, item: object): Content<Format>
function typed(type: ContentType, item: object): { readonly type: ContentType } {
  return { ...item, type }
}
