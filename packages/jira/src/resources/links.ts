import type { AdfDocument } from '@telamon/adf'
import type { CallOptions, Rest } from '@telamon/rest'

import {
  deleteIssueLink,
  getIssueLink,
  getIssueLinkTypes,
  linkIssues,
} from '../generated/platform/operations.gen.ts'
import type { IssueLink, IssueLinkType } from '../generated/platform/types.gen.ts'

/** A link to be made, to be read as a sentence: `from` blocks `to`. */
export interface NewLink {
  /** The name of the type, such as `Blocks`, or its id. */
  readonly type: string | { readonly id: string }
  /** The key of the issue that does it: blocks, duplicates, causes. */
  readonly from: string
  /** The key of the issue to which it is done. */
  readonly to: string
  /** Is put on one of the two issues, with the link. */
  readonly comment?: AdfDocument
}

/** Links between issues. The links that an issue has are its field `issuelinks`. */
export interface Links {
  /** `getIssueLinkTypes` */
  readonly types: (options?: CallOptions) => Promise<readonly IssueLinkType[]>
  /** `getIssueLink` */
  readonly get: (linkId: string, options?: CallOptions) => Promise<IssueLink>
  /** Making the same link twice leaves one. Jira tells no id. `linkIssues` */
  readonly add: (link: NewLink, options?: CallOptions) => Promise<void>
  /** `deleteIssueLink` */
  readonly remove: (linkId: string, options?: CallOptions) => Promise<void>
}

/** Binds links to a connection. */
export const links = ({ call }: Rest): Links => ({
  async types(options) {
    return (await call(getIssueLinkTypes, {}, options)).issueLinkTypes ?? []
  },
  get: (linkId, options) => call(getIssueLink, { path: { linkId } }, options),
  async add({ type, from, to, comment }, options) {
    const body = {
      type: typeof type === 'string' ? { name: type } : { id: type.id },
      // Against the names: the issue stated as the inward one is the one that blocks (reported, by several who tried).
      inwardIssue: { key: from },
      outwardIssue: { key: to },
      ...(comment && { comment: { body: comment } }),
    }
    await call(linkIssues, { body }, options)
  },
  async remove(linkId, options) {
    await call(deleteIssueLink, { path: { linkId } }, options)
  },
})
