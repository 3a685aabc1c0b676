import type { CallOptions, Rest } from '@telamon/rest'

import {
  createOrUpdateRemoteIssueLink,
  deleteRemoteIssueLinkByGlobalId,
  deleteRemoteIssueLinkById,
  getRemoteIssueLinkById,
  getRemoteIssueLinks,
} from '../generated/platform/operations.gen.ts'
import type { Application, RemoteIssueLink, RemoteObject } from '../generated/platform/types.gen.ts'

/** A link to something outside Jira, such as a page. */
export interface NewRemoteLink {
  readonly url: string
  readonly title: string
  /**
   * Tells the same link again: one with a known id is replaced, also in what it does not state. At most 255 characters.
   * Without it every call adds a link.
   */
  readonly globalId?: string
  /** How the issue relates to it, such as `mentioned in`. Links are listed under it. */
  readonly relationship?: string
  readonly summary?: string
  readonly icon?: RemoteObject['icon']
  /** Struck through in the list when resolved. */
  readonly status?: RemoteObject['status']
  readonly application?: Application
}

/** The link that a call has made or replaced. */
export interface WrittenRemoteLink {
  readonly id: number
}

/** Links from an issue to things outside Jira. */
export interface RemoteLinks {
  /** `getRemoteIssueLinks` */
  readonly list: (
    issue: string,
    options?: CallOptions & { readonly globalId?: string },
  ) => Promise<readonly RemoteIssueLink[]>
  /** `getRemoteIssueLinkById` */
  readonly get: (issue: string, linkId: number | string, options?: CallOptions) => Promise<RemoteIssueLink>
  /** Adds a link, or replaces the one with the same `globalId`. `createOrUpdateRemoteIssueLink` */
  readonly put: (issue: string, link: NewRemoteLink, options?: CallOptions) => Promise<WrittenRemoteLink>
  /** By its id, or by its `globalId`. `deleteRemoteIssueLinkById`, `deleteRemoteIssueLinkByGlobalId` */
  readonly remove: (
    issue: string,
    link: { readonly id: number | string } | { readonly globalId: string },
    options?: CallOptions,
  ) => Promise<void>
}

/** Binds remote links to a connection. */
export const remoteLinks = ({ call }: Rest): RemoteLinks => ({
  async list(issue, { globalId, ...options } = {}) {
    const query = { ...(globalId !== undefined && { globalId }) }
    const answer = await call(getRemoteIssueLinks, { path: { issueIdOrKey: issue }, query }, options)
    return isList(answer) ? answer : [answer]
  },
  get: (issue, linkId, options) =>
    call(getRemoteIssueLinkById, { path: { issueIdOrKey: issue, linkId: String(linkId) } }, options),
  async put(issue, { url, title, globalId, relationship, summary, icon, status, application }, options) {
    const body = {
      ...(globalId !== undefined && { globalId }),
      ...(relationship !== undefined && { relationship }),
      ...(application && { application }),
      object: {
        url,
        title,
        ...(summary !== undefined && { summary }),
        ...(icon && { icon }),
        ...(status && { status }),
      },
    }
    const { id } = await call(createOrUpdateRemoteIssueLink, { path: { issueIdOrKey: issue }, body }, options)
    return { id }
  },
  async remove(issue, link, options) {
    if ('globalId' in link) {
      const query = { globalId: link.globalId }
      await call(deleteRemoteIssueLinkByGlobalId, { path: { issueIdOrKey: issue }, query }, options)
      return
    }
    await call(deleteRemoteIssueLinkById, { path: { issueIdOrKey: issue, linkId: String(link.id) } }, options)
  },
})

const isList = (answer: readonly RemoteIssueLink[] | RemoteIssueLink): answer is readonly RemoteIssueLink[] =>
  Array.isArray(answer)
