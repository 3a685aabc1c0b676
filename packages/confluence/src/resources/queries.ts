import type { BodyFormat } from '../bodies.ts'
import { type Inclusion, inclusionsOf } from './inclusions.ts'

// Pages and blog posts are asked for in the same words.

/** How one is read. */
interface Reading {
  readonly body: BodyFormat | undefined
  readonly include: readonly Inclusion[]
  readonly version: number | undefined
  readonly draft: boolean | undefined
}

/** The query for one page or post. */
export const readingQuery = ({
  body,
  include,
  version,
  draft,
}: Reading): {
  readonly 'body-format'?: BodyFormat
  readonly version?: number
  readonly 'get-draft'?: boolean
} => ({
  ...(body !== undefined && { 'body-format': body }),
  ...(version !== undefined && { version }),
  ...(draft !== undefined && { 'get-draft': draft }),
  ...inclusionsOf(include),
})

/** Which are listed. */
interface Listing<Format, Status, Sort> {
  readonly ids: readonly string[] | undefined
  readonly spaceIds: readonly string[] | undefined
  readonly title: string | undefined
  readonly status: Status | undefined
  readonly sort: Sort | undefined
  readonly body: Format | undefined
}

/** What the query of a list is called upstream. */
interface ListingQuery<Format, Status, Sort> {
  readonly id?: readonly string[]
  readonly 'space-id'?: readonly string[]
  readonly title?: string
  readonly status?: Status
  readonly sort?: Sort
  readonly 'body-format'?: Format
}

/** The query for a list of pages or posts. */
export const listingQuery = <Format, Status, Sort>({
  ids,
  spaceIds,
  title,
  status,
  sort,
  body,
}: Listing<Format, Status, Sort>): ListingQuery<Format, Status, Sort> => ({
  ...(ids && { id: ids }),
  ...(spaceIds && { 'space-id': spaceIds }),
  ...(title !== undefined && { title }),
  ...(status !== undefined && { status }),
  ...(sort !== undefined && { sort }),
  ...(body !== undefined && { 'body-format': body }),
})

/** The query for removing one. */
export const removalQuery = ({
  purge,
  draft,
}: {
  readonly purge: boolean | undefined
  readonly draft: boolean | undefined
}): { readonly purge?: boolean; readonly draft?: boolean } => ({
  ...(purge !== undefined && { purge }),
  ...(draft !== undefined && { draft }),
})
