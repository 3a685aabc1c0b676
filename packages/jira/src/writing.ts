import type { AdfDocument } from '@telamon/adf'

import type { EncodedOf, FieldMap } from './custom-fields.ts'

/** Something with an id, where its name is not at hand. */
export interface ById {
  readonly id: string
}

/** What can be written of the fields that every Jira has. `null` empties a field. */
export interface WritableSystemFields {
  readonly summary?: string
  /** Its key, or its id in digits. */
  readonly project?: string
  /** Its name, or its id. */
  readonly issuetype?: string | ById
  readonly description?: AdfDocument | null
  readonly environment?: AdfDocument | null
  /** An account id. */
  readonly assignee?: string | null
  /** An account id. */
  readonly reporter?: string | null
  /** Its name, or its id. */
  readonly priority?: string | ById | null
  readonly labels?: readonly string[]
  /** Names or ids. */
  readonly components?: readonly (string | ById)[]
  /** Names or ids. */
  readonly fixVersions?: readonly (string | ById)[]
  /** Names or ids. */
  readonly versions?: readonly (string | ById)[]
  /** The key of the issue above, an epic or the parent of a subtask; or its id in digits. */
  readonly parent?: string | null
  /** A day, such as `2026-11-23`. */
  readonly duedate?: string | null
  /** Its name, or its id. */
  readonly resolution?: string | ById | null
  readonly security?: string | ById | null
  /** Such as `3d 4h`. */
  readonly timetracking?: { readonly originalEstimate?: string; readonly remainingEstimate?: string }
}

/** The fields of an issue as they are written, custom fields by the names of the client or by id. */
export type WritableFields<Map extends FieldMap> = WritableSystemFields & {
  readonly [Name in keyof Map]?: EncodedOf<Map[Name]>
} & { readonly [id: `customfield_${number}`]: unknown }

type Encoder = (value: unknown) => unknown

const keyOrId: Encoder = (value) =>
  typeof value === 'string' ? (/^\d+$/.test(value) ? { id: value } : { key: value }) : value
const nameOrId: Encoder = (value) => (typeof value === 'string' ? { name: value } : value)
const account: Encoder = (value) => (typeof value === 'string' ? { accountId: value } : value)
const each =
  (encode: Encoder): Encoder =>
  (value) =>
    Array.isArray(value) ? value.map(encode) : value

const encoders: ReadonlyMap<string, Encoder> = new Map([
  ['project', keyOrId],
  ['parent', keyOrId],
  ['issuetype', nameOrId],
  ['priority', nameOrId],
  ['resolution', nameOrId],
  ['security', nameOrId],
  ['assignee', account],
  ['reporter', account],
  ['components', each(nameOrId)],
  ['fixVersions', each(nameOrId)],
  ['versions', each(nameOrId)],
])

/** The fields as Jira takes them. `raw` is sent as it is and wins. */
export function encodeFields(
  map: FieldMap,
  fields: object,
  raw: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const encoded: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const codec = Object.hasOwn(map, name) ? map[name] : undefined
    if (codec) encoded[codec.id] = untyped(codec)(value)
    else encoded[name] = value === null ? null : (encoders.get(name)?.(value) ?? value)
  }
  return { ...encoded, ...raw }
}

/** A codec's writer when the type of its value is known to the caller only. */
function untyped(codec: FieldMap[string]): Encoder
function untyped({ encode }: FieldMap[string]): (value: never) => unknown {
  return encode
}
