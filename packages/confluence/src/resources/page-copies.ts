import type { CallOptions, Rest } from '@telamon/rest'

import { archivePages, copyPage, copyPageHierarchy } from '../generated/v1/operations.gen.ts'
import type { Content } from '../generated/v1/types.gen.ts'
import type { StartedTask } from './long-tasks.ts'

/** Where a copy goes: below a page or folder, or to the top of a space. */
export type CopyTarget = { readonly below: string } | { readonly spaceKey: string }

/** What goes along with a copy. */
export interface CopyOptions extends CallOptions {
  /** Left behind. By default attachments, labels and properties go along. */
  readonly without?: readonly ('attachments' | 'labels' | 'properties')[]
  /** Whether restrictions go along. Default: false. */
  readonly withRestrictions?: boolean
}

/** Copies of pages, and the archive. */
export interface PageCopies {
  /** One page, under a title that the space does not have yet. `copyPage` */
  readonly copy: (
    pageId: string,
    to: CopyTarget & { readonly title: string },
    options?: CopyOptions,
  ) => Promise<Content>
  /** A page with all that is below it, under titles with a prefix. `copyPageHierarchy` */
  readonly copyTree: (
    pageId: string,
    to: { readonly below: string; readonly titlePrefix?: string },
    options?: CopyOptions,
  ) => Promise<StartedTask>
  /** Pages, without what is below them. `archivePages` */
  readonly archive: (pageIds: readonly string[], options?: CallOptions) => Promise<StartedTask>
}

/** Binds copies to a connection. */
export const pageCopies = ({ call }: Rest): PageCopies => ({
  copy(id, { title, ...target }, { without, withRestrictions, ...options } = {}) {
    const destination =
      'below' in target
        ? ({ type: 'parent_content', value: target.below } as const)
        : ({ type: 'space', value: target.spaceKey } as const)
    const body = { ...parts(without, withRestrictions), destination, pageTitle: title }
    return call(copyPage, { path: { id }, body }, options)
  },
  async copyTree(id, { below, titlePrefix }, { without, withRestrictions, ...options } = {}) {
    const body = {
      ...parts(without, withRestrictions),
      copyDescendants: true,
      destinationPageId: below,
      ...(titlePrefix !== undefined && { titleOptions: { prefix: titlePrefix } }),
    }
    return { id: (await call(copyPageHierarchy, { path: { id }, body }, options)).id }
  },
  async archive(pageIds, options) {
    const body = { pages: pageIds.map((id) => ({ id: Number(id) })) }
    return { id: (await call(archivePages, { body }, options)).id }
  },
})

const parts = (
  without: CopyOptions['without'] = [],
  withRestrictions = false,
): {
  readonly copyAttachments: boolean
  readonly copyLabels: boolean
  readonly copyProperties: boolean
  readonly copyPermissions: boolean
} => ({
  copyAttachments: !without.includes('attachments'),
  copyLabels: !without.includes('labels'),
  copyProperties: !without.includes('properties'),
  copyPermissions: withRestrictions,
})
