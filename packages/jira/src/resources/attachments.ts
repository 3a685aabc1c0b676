import type { CallOptions, Download, Rest, StreamOptions, UploadFile } from '@telamon/rest'

import {
  addAttachment,
  getAttachment,
  getAttachmentContent,
  getAttachmentMeta,
  getAttachmentThumbnail,
  removeAttachment,
} from '../generated/platform/operations.gen.ts'
import type { Attachment, AttachmentMetadata, AttachmentSettings } from '../generated/platform/types.gen.ts'

/** Files on issues. The files that an issue has are its field `attachment`. */
export interface Attachments {
  /** `getAttachment` */
  readonly get: (attachmentId: string, options?: CallOptions) => Promise<AttachmentMetadata>
  /** The bytes on their way, never held whole. `getAttachmentContent` */
  readonly download: (attachmentId: string, options?: StreamOptions) => Promise<Download>
  /** A small picture, 200 pixels at most in either direction unless asked for otherwise. `getAttachmentThumbnail` */
  readonly thumbnail: (
    attachmentId: string,
    options?: StreamOptions & { readonly width?: number; readonly height?: number },
  ) => Promise<Download>
  /** Read from blobs and streams while they are sent. A stream is sent once and never repeated. `addAttachment` */
  readonly upload: (
    issue: string,
    files: readonly UploadFile[],
    options?: CallOptions,
  ) => Promise<readonly Attachment[]>
  /** Cannot be undone. `removeAttachment` */
  readonly remove: (attachmentId: string, options?: CallOptions) => Promise<void>
  /** Whether files may be uploaded, and how large. In bytes. `getAttachmentMeta` */
  readonly limits: (options?: CallOptions) => Promise<AttachmentSettings>
}

/** Binds attachments to a connection. */
export const attachments = ({ call, stream }: Rest): Attachments => ({
  get: (id, options) => call(getAttachment, { path: { id } }, options),
  download: (id, options) => stream(getAttachmentContent, { path: { id } }, options),
  thumbnail: (id, { width, height, ...options } = {}) =>
    stream(
      getAttachmentThumbnail,
      {
        path: { id },
        query: { ...(width !== undefined && { width }), ...(height !== undefined && { height }) },
      },
      options,
    ),
  upload: (issue, files, options) =>
    call(addAttachment, { path: { issueIdOrKey: issue }, body: files }, options),
  async remove(id, options) {
    await call(removeAttachment, { path: { id } }, options)
  },
  limits: (options) => call(getAttachmentMeta, {}, options),
})
