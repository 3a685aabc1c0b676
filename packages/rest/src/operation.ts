/** How an answer is paged: which members of query and answer carry the position. */
export type PageKind = 'offset' | 'token' | 'link' | 'start' | 'since' | 'cursor'

/** A set of scopes counts in full, and either set is enough. Neither: the document names no scope. */
export interface OperationScopes {
  readonly classic?: readonly string[]
  readonly granular?: readonly string[]
}

/**
 * One operation of an Atlassian REST API as data. Everything that depends on paths, methods or scopes is derived
 * from these records: calls, paging, retries, scope calculation, limiter keys, audit, simulator routing, coverage.
 */
export interface OperationSpec {
  /** The document's operation id in camelCase. Unique within one document only. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  /** The path with its base, such as `/rest/api/3/issue/{issueIdOrKey}`. */
  readonly path: string
  /** Query arrays that are sent comma-separated; all others are repeated. */
  readonly csv?: readonly string[]
  /** The kind of the request body. Absent: JSON, or none. */
  readonly body?: 'multipart' | 'patch' | 'text' | 'bytes'
  /**
   * Absent: the answer is JSON; a 204 is empty everywhere. `empty`: the document names no answer body, so that none may
   * come with any status, and one that comes all the same is passed on.
   */
  readonly res?: 'binary' | 'empty'
  readonly page?: PageKind
  /**
   * The member that holds the items of a page, dotted when nested; `''` when the answer is the array itself. `a|b`: either
   * of them, where the document knows two names.
   */
  readonly items?: string
  /** A POST that only reads, and so may be repeated. */
  readonly read?: true
  readonly deprecated?: true
  readonly experimental?: true
  /** Whether a caller without credentials may ask. */
  readonly anonymous?: true
  /** Only a Connect or Forge app can call it. Never offered as a tool. */
  readonly app?: true
  readonly scopes: OperationScopes
}

/** A parameter in a path. Confluence v2 has some with hyphens: `{page-id}`. */
export const placeholder = /\{([^{}]+)\}/g

declare const types: unique symbol
declare const item: unique symbol

/** An operation with the types of its input and answer, which exist for the compiler only. */
export interface Operation<Data, Result> extends OperationSpec {
  readonly [types]?: { readonly data: Data; readonly result: Result }
}

/** An operation whose answer comes in pages of `Item`. */
export interface PagedOperation<Data, Result, Item> extends Operation<Data, Result> {
  readonly page: PageKind
  readonly [item]?: Item
}

/**
 * The type of one item of a page `Result` whose items stand in the member `Key`; `''` for a bare array. Of several names
 * the first has the type.
 */
export type ItemOf<Result, Key extends string> = Key extends `${infer First}|${string}`
  ? ItemOf<Result, First>
  : Key extends ''
    ? Result extends readonly (infer Item)[]
      ? Item
      : unknown
    : Key extends `${infer Head}.${infer Rest}`
      ? Result extends { readonly [Name in Head]?: infer Inner }
        ? ItemOf<NonNullable<Inner>, Rest>
        : unknown
      : Result extends { readonly [Name in Key]?: readonly (infer Item)[] | null }
        ? Item
        : unknown

type Present<Type> = { [Name in keyof Type as [Type[Name]] extends [undefined] ? never : Name]: Type[Name] }

/** The input of a call: `path`, `query` and `body` as the document has them, without those an operation does not take. */
export type Input<Data> = Present<Omit<Data, 'url'>>

/** The product behind an operation, which decides the host or gateway prefix. */
export type Product = 'jira' | 'confluence'

/** What an operation does to the site. */
export type Effect = 'read' | 'write' | 'delete'

const confluencePath = /^\/wiki\//

/** Confluence answers below `/wiki/`; everything else is Jira's, service management included. */
export function productOf(spec: Pick<OperationSpec, 'path'>): Product {
  return confluencePath.test(spec.path) ? 'confluence' : 'jira'
}

/** Read off method and `read` mark alone, so that no operation can be filed wrongly by hand. */
export function effectOf(spec: Pick<OperationSpec, 'method' | 'read'>): Effect {
  if (spec.method === 'GET' || spec.read === true) return 'read'
  return spec.method === 'DELETE' ? 'delete' : 'write'
}
