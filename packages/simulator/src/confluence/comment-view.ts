import type { BodyFormat } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import type { Content, ContentComment } from '../world/confluence-model.ts'
import { anchorOf } from './anchors.ts'
import { containerOf } from './find.ts'
import { bodyView, newest, timeOf, titleOf, versionView, webui } from './view.ts'

/** How a comment is to be shown. */
interface CommentShape {
  readonly format?: BodyFormat | undefined
  readonly single: boolean
  /** A new footer comment is answered without its resolution (recorded, F-CF-10). */
  readonly fresh?: boolean
  /** Default: the newest version. */
  readonly version?: number
}

/** The member that names what a comment is on. */
function subjectOf({ site }: Call, { contentId }: ContentComment, content: Content): Record<string, string> {
  if (site.confluence.attachments.has(contentId)) return { attachmentId: contentId }
  if (content.type === 'blogpost') return { blogPostId: contentId }
  return content.type === 'custom' ? { customContentId: contentId } : { pageId: contentId }
}

/** The anchor of an inline comment; each value is there under two names (recorded, F-CF-11). */
function inlineMembers({ site }: Call, comment: ContentComment): Record<string, unknown> {
  const anchor = anchorOf(site, comment)
  if (!anchor) return {}
  const { markerRef, selection, status, modifierId, modifiedAt } = anchor
  return {
    resolutionStatus: status,
    ...(modifierId !== undefined && { resolutionLastModifierId: modifierId }),
    ...(modifiedAt !== undefined && { resolutionLastModifiedAt: timeOf(modifiedAt) }),
    properties: {
      inlineMarkerRef: markerRef,
      inlineOriginalSelection: selection,
      'inline-marker-ref': markerRef,
      'inline-original-selection': selection,
    },
  }
}

/** A comment (recorded, F-CF-10, F-CF-11). */
export function commentView(
  call: Call,
  comment: ContentComment,
  { format, single, fresh = false, version: number }: CommentShape,
): Record<string, unknown> {
  const content = containerOf(call, comment.contentId)
  if (!content) return {}
  const version = comment.versions.find((one) => one.number === number) ?? newest(comment)
  const isFooter = comment.kind === 'footer'
  return {
    id: comment.id,
    status: 'current',
    title: `Re: ${titleOf(content)}`,
    ...subjectOf(call, comment, content),
    ...(comment.parentId !== null && { parentCommentId: comment.parentId }),
    version: versionView(version),
    ...(isFooter ? !fresh && { resolutionStatus: 'open' } : inlineMembers(call, comment)),
    ...(format !== undefined && { body: bodyView(version, format) }),
    _links: {
      webui: `${webui(call.site, content)}?focusedCommentId=${comment.id}`,
      ...(single && { base: `${call.links.site}/wiki` }),
    },
  }
}
