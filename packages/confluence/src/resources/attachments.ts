import type { CallOptions, Download, Rest, StreamOptions, UploadFile } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  createAttachment,
  createOrUpdateAttachments,
  downloadAttatchment,
} from '../generated/v1/operations.gen.ts'
import type { Content } from '../generated/v1/types.gen.ts'
import {
  deleteAttachment,
  getAttachmentById,
  getAttachmentThumbnailById,
  getBlogpostAttachments,
  getPageAttachments,
} from '../generated/v2/operations.gen.ts'
import type { AttachmentBulk, AttachmentSingle } from '../generated/v2/types.gen.ts'
import type { Commented } from './comments.ts'

/** Which attachments to list. */
export interface AttachmentSearch extends ListOptions {
  /** The whole name. */
  readonly filename?: string
  readonly mediaType?: string
}

/** What an upload may be told. */
export interface UploadOptions extends CallOptions {
  /** Makes a new version of a file of the same name. Without it such a file is refused. */
  readonly replace?: boolean
  /** Is shown in the history of each file. */
  readonly comment?: string
  /** Whether watchers are spared. Default: true, as for edits by programs. */
  readonly minor?: boolean
}

/** Files on pages and posts. Their ids begin with `att`. */
export interface Attachments {
  /** `getPageAttachments`, `getBlogpostAttachments` */
  readonly list: (on: Commented, search?: AttachmentSearch) => List<AttachmentBulk>
  /** `getAttachmentById` */
  readonly get: (attachmentId: string, options?: CallOptions) => Promise<AttachmentSingle>
  /** The bytes on their way, never held whole. `downloadAttatchment` */
  readonly download: (
    contentId: string,
    attachmentId: string,
    options?: StreamOptions & { readonly version?: number },
  ) => Promise<Download>
  /** `getAttachmentThumbnailById` */
  readonly thumbnail: (
    attachmentId: string,
    options?: StreamOptions & { readonly width?: number; readonly height?: number },
  ) => Promise<Download>
  /** Read from blobs and streams while they are sent. `createAttachment`, with `replace` `createOrUpdateAttachments` */
  readonly upload: (
    contentId: string,
    files: readonly UploadFile[],
    options?: UploadOptions,
  ) => Promise<readonly Content[]>
  /** Into the trash; with `purge` out of the trash for good. `deleteAttachment` */
  readonly remove: (
    attachmentId: string,
    options?: CallOptions & { readonly purge?: boolean },
  ) => Promise<void>
}

/** Binds attachments to a connection. */
export const attachments = (rest: Rest): Attachments => ({
  list(on, { filename, mediaType, ...options } = {}) {
    const query = {
      ...(filename !== undefined && { filename }),
      ...(mediaType !== undefined && { mediaType }),
    }
    return 'pageId' in on
      ? listOf(
          rest,
          {
            operation: getPageAttachments,
            input: { path: { id: on.pageId }, query },
            map: asIs,
            largest: 250,
          },
          options,
        )
      : listOf(
          rest,
          {
            operation: getBlogpostAttachments,
            input: { path: { id: on.blogPostId }, query },
            map: asIs,
            largest: 250,
          },
          options,
        )
  },
  get: (id, options) => rest.call(getAttachmentById, { path: { id } }, options),
  download: (id, attachmentId, { version, ...options } = {}) =>
    rest.stream(
      downloadAttatchment,
      { path: { id, attachmentId }, query: { ...(version !== undefined && { version }) } },
      options,
    ),
  thumbnail: (id, { width, height, ...options } = {}) =>
    rest.stream(
      getAttachmentThumbnailById,
      {
        path: { id },
        query: { ...(width !== undefined && { width }), ...(height !== undefined && { height }) },
      },
      options,
    ),
  async upload(id, files, { replace = false, comment, minor = true, ...options } = {}) {
    const body = { file: files, minorEdit: minor, ...(comment !== undefined && { comment }) }
    const operation = replace ? createOrUpdateAttachments : createAttachment
    return (await rest.call(operation, { path: { id }, body }, options)).results
  },
  async remove(id, { purge, ...options } = {}) {
    await rest.call(
      deleteAttachment,
      { path: { id }, query: { ...(purge !== undefined && { purge }) } },
      options,
    )
  },
})
