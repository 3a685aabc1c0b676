import type { CallOptions, PagedOperation, Rest } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  addLabelsToContent,
  removeLabelFromContentUsingQueryParameter,
} from '../generated/v1/operations.gen.ts'
import {
  getAttachmentLabels,
  getBlogPostLabels,
  getCustomContentLabels,
  getPageLabels,
  getSpaceLabels,
} from '../generated/v2/operations.gen.ts'
import type { Label } from '../generated/v2/types.gen.ts'

/** What labels are on. */
export type Labelled =
  | { readonly pageId: string }
  | { readonly blogPostId: string }
  | { readonly attachmentId: string }
  | { readonly customContentId: string }
  | { readonly spaceId: string }

/** Labels of content and spaces. */
export interface Labels {
  /** `getPageLabels`, `getBlogPostLabels`, `getAttachmentLabels`, `getCustomContentLabels`, `getSpaceLabels` */
  readonly list: (on: Labelled, options?: ListOptions) => List<Label>
  /** To content of any type. Labels that are there already stay. `addLabelsToContent` */
  readonly add: (contentId: string, names: readonly string[], options?: CallOptions) => Promise<void>
  /** `removeLabelFromContentUsingQueryParameter` */
  readonly remove: (contentId: string, name: string, options?: CallOptions) => Promise<void>
}

/** Binds labels to a connection. */
export const labels = (rest: Rest): Labels => ({
  list(on, options) {
    const [operation, id] = source(on)
    return listOf(rest, { operation, input: { path: { id } }, map: asIs, largest: 250 }, options)
  },
  async add(id, names, options) {
    const body = names.map((name) => ({ prefix: 'global', name }))
    await rest.call(addLabelsToContent, { path: { id }, body }, options)
  },
  async remove(id, name, options) {
    await rest.call(removeLabelFromContentUsingQueryParameter, { path: { id }, query: { name } }, options)
  },
})

function source(on: Labelled): readonly [PagedOperation<unknown, unknown, Label>, string] {
  if ('pageId' in on) return [getPageLabels, on.pageId]
  if ('blogPostId' in on) return [getBlogPostLabels, on.blogPostId]
  if ('attachmentId' in on) return [getAttachmentLabels, on.attachmentId]
  return 'spaceId' in on ? [getSpaceLabels, on.spaceId] : [getCustomContentLabels, on.customContentId]
}
