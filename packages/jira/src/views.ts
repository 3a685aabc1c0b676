import type { DecodedOf, FieldMap } from './custom-fields.ts'
import type { Issue } from './generated/platform/types.gen.ts'
import type { SystemFields } from './system-fields.ts'

/** Every field a client can name: those of Jira, those it was given codecs for, and any other by its id. */
export type AllFields<Map extends FieldMap> = SystemFields & {
  readonly [Name in keyof Map]: DecodedOf<Map[Name]>
} & { readonly [id: `customfield_${number}`]: unknown }

/** The name of a field. */
export type FieldNameOf<Map extends FieldMap> = keyof AllFields<Map> & string

/** What Jira can add to an issue. */
export interface Expansions extends Required<
  Pick<
    Issue,
    | 'changelog'
    | 'editmeta'
    | 'names'
    | 'operations'
    | 'renderedFields'
    | 'schema'
    | 'transitions'
    | 'versionedRepresentations'
  >
> {}

/** The name of something that Jira can add to an issue. */
export type Expansion = keyof Expansions

/** The fields of an issue of which nothing was said: any may be there. */
export type OpenFields<Map extends FieldMap> = Partial<AllFields<Map>> & { readonly [id: string]: unknown }

/** The fields that were asked for. None named: all, each of which may be missing. */
export type FieldsOf<
  Map extends FieldMap,
  Names extends readonly FieldNameOf<Map>[],
> = number extends Names['length']
  ? OpenFields<Map>
  : Names extends readonly []
    ? OpenFields<Map>
    : Pick<AllFields<Map>, Names[number]>

/** An issue as it was asked for. */
export type IssueView<Fields, Expanded extends Expansion = never> = {
  readonly id: string
  readonly key: string
  /** The issue's address in the API. Made for programs; see `jiraUrls` for people. */
  readonly self: string
  readonly fields: Fields
} & Pick<Expansions, Expanded>

/** What to read of an issue. */
export interface ReadOptions<
  Map extends FieldMap,
  Names extends readonly FieldNameOf<Map>[],
  Expanded extends readonly Expansion[],
> {
  /** The fields, by the names of Jira or of this client. Narrows the type of the answer. */
  readonly fields?: Names
  /** In place of `fields`: ids from settings or a person, unchecked. Custom fields come under their ids, as they are. */
  readonly fieldIds?: readonly string[]
  readonly expand?: Expanded
}

/** The same without its types. */
export interface Reading {
  readonly fields?: readonly string[]
  readonly fieldIds?: readonly string[]
  readonly expand?: readonly string[]
}

/** The ids to ask Jira for. Nothing: its own choice. */
export function idsOf(map: FieldMap, { fields, fieldIds }: Reading): string[] | undefined {
  if (fieldIds) return [...fieldIds]
  return fields && fields.length > 0 ? fields.map((name) => codecOf(map, name)?.id ?? name) : undefined
}

/** An issue with the names and types that were asked for. A field that Jira left out is `null`. */
export function viewOf<Fields, Expanded extends Expansion>(
  map: FieldMap,
  issue: Issue,
  reading: Reading,
): IssueView<Fields, Expanded>
export function viewOf(
  map: FieldMap,
  issue: Issue,
  reading: Reading,
): IssueView<Readonly<Record<string, unknown>>> {
  return {
    ...issue,
    fields: reading.fieldIds ? (issue.fields ?? {}) : decode(map, issue.fields ?? {}, reading.fields ?? []),
  }
}

function decode(
  map: FieldMap,
  raw: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  if (names.length > 0) {
    return Object.fromEntries(
      names.map((name) => {
        const codec = codecOf(map, name)
        return [name, codec ? codec.decode(raw[codec.id]) : (raw[name] ?? null)]
      }),
    )
  }
  const decoded: Record<string, unknown> = { ...raw }
  for (const [name, codec] of Object.entries(map)) {
    if (!(codec.id in raw)) continue
    delete decoded[codec.id]
    decoded[name] = codec.decode(raw[codec.id])
  }
  return decoded
}

const codecOf = (map: FieldMap, name: string): FieldMap[string] | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined
