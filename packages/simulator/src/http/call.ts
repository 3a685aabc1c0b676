import type { Operation, OperationSpec } from '@telamon/rest'

import type { Ground } from '../ground.ts'
import type { Person, Site } from '../world/model.ts'
import type { Query } from './query.ts'
import type { Reply } from './reply.ts'

/** Who asks, and by what right. */
export interface Caller {
  /** Undefined for a caller without credentials. */
  readonly person: Person | undefined
  readonly via: 'oauth' | 'basic' | 'anonymous'
  /** Absent: not limited by scopes. */
  readonly scopes?: readonly string[]
  /** The OAuth app, for the points it spends. */
  readonly clientId?: string
}

/** A file that came in a form. */
export interface FormFile {
  /** The name of the field. */
  readonly field: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** A body of `multipart/form-data` (RFC 7578). */
export interface Form {
  readonly fields: ReadonlyMap<string, string>
  readonly files: readonly FormFile[]
}

/** What came in the body of a request. */
export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly form: Form }

/** The beginnings of addresses in answers. */
export interface Links {
  /** What REST paths are put after: the gateway with its prefix, or the site (recorded). */
  readonly rest: string
  /** The site's own address, for people and for pictures of states (recorded). */
  readonly site: string
}

/** One call of one operation, after it was let in. */
export interface Call extends Ground {
  readonly operation: OperationSpec
  /** The path of the operation, without the gateway's prefix. */
  readonly pathname: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: RequestBody
  readonly headers: Headers
  readonly site: Site
  readonly caller: Caller
  readonly links: Links
}

export type Handler = (call: Call) => Reply

/** An operation with the code that answers it. */
export interface Served {
  readonly operation: OperationSpec
  /** The query parameters that are understood. */
  readonly query: ReadonlySet<string>
  readonly run: Handler
  /** Whether a call of an operation that reads changes the world all the same. Default: none does. */
  readonly writes?: (call: Call) => boolean
}

type QueryName<Data> = Data extends { readonly query?: infer Given }
  ? Extract<keyof NonNullable<Given>, string>
  : never

/** Serves an operation. The parameters named are those the handler understands; strict mode refuses the others. */
export function serve<Data, Result>(
  operation: Operation<Data, Result>,
  query: readonly QueryName<Data>[],
  run: Handler,
): Served {
  return { operation, query: new Set<string>(query), run }
}
