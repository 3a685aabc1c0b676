import type { AdfDocument } from '@telamon/adf'

/**
 * Turns what Jira stores in a custom field into a value of a known type, and back. `T` is read, `W` is written.
 * Write your own for fields of apps.
 */
export interface FieldCodec<T, W = T> {
  /** Such as `customfield_10016`. Differs from site to site. */
  readonly id: string
  /** Given what stands in the answer; `null` and `undefined` mean that the field is empty. */
  readonly decode: (raw: unknown) => T
  /** Gives what is sent. `null` empties the field. */
  readonly encode: (value: W) => unknown
}

/** The names that a client knows custom fields by. */
export type FieldMap = Readonly<Record<string, FieldCodec<unknown, never>>>

/** No names. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- an object without members is what is meant
export type NoFields = Readonly<Record<never, FieldCodec<unknown, never>>>

/** What a codec reads. */
export type DecodedOf<Codec> = Codec extends { readonly decode: (raw: unknown) => infer T } ? T : never

/** What a codec writes. */
export type EncodedOf<Codec> = Codec extends { readonly encode: (value: infer W) => unknown } ? W : never

/** A choice of a select list. */
export interface FieldOption {
  readonly id: string
  readonly value: string
}

/** A choice of a cascading select list, with the one below it. */
export interface CascadingOption extends FieldOption {
  readonly child?: FieldOption
}

/** A person in a field. */
export interface FieldUser {
  readonly accountId: string
  readonly displayName: string
}

/** A version or component in a field. */
export interface FieldName {
  readonly id: string
  readonly name: string
}

/** A sprint that an issue is or was in. */
export interface FieldSprint extends Omit<FieldName, 'id'> {
  readonly id: number
  readonly state: 'future' | 'active' | 'closed' | (string & {})
}

type Shape<T> = (raw: object) => T | undefined

const isObject = (raw: unknown): raw is object =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

const member = (raw: object, name: string): unknown => Reflect.get(raw, name)

const textOf = (raw: object, name: string): string | undefined => {
  const value = member(raw, name)
  return typeof value === 'string' ? value : undefined
}

function wrong(id: string, expected: string, raw: unknown): TypeError {
  const found = Array.isArray(raw) ? 'a list' : raw === null ? 'null' : typeof raw
  return new TypeError(
    `${id} holds ${found} and not ${expected}. Name it with another kind of field, or with field.raw`,
  )
}

const optionShape: Shape<FieldOption> = (raw) => {
  const id = textOf(raw, 'id')
  const value = textOf(raw, 'value')
  return id === undefined || value === undefined ? undefined : { id, value }
}

const cascadingShape: Shape<CascadingOption> = (raw) => {
  const parent = optionShape(raw)
  const below = member(raw, 'child')
  const child = isObject(below) ? optionShape(below) : undefined
  return parent && { ...parent, ...(child && { child }) }
}

const userShape: Shape<FieldUser> = (raw) => {
  const accountId = textOf(raw, 'accountId')
  return accountId === undefined ? undefined : { accountId, displayName: textOf(raw, 'displayName') ?? '' }
}

const nameShape: Shape<FieldName> = (raw) => {
  const id = textOf(raw, 'id')
  const name = textOf(raw, 'name')
  return id === undefined || name === undefined ? undefined : { id, name }
}

const sprintShape: Shape<FieldSprint> = (raw) => {
  const id = member(raw, 'id')
  const name = textOf(raw, 'name')
  return typeof id === 'number' && name !== undefined
    ? { id, name, state: textOf(raw, 'state') ?? '' }
    : undefined
}

const isEmpty = (raw: unknown): raw is null | undefined => raw === null || raw === undefined

const primitive =
  <T extends string | number>(type: 'string' | 'number', is: (raw: unknown) => raw is T) =>
  (id: string): FieldCodec<T | null> => ({
    id,
    decode: (raw) => {
      if (isEmpty(raw)) return null
      if (is(raw)) return raw
      throw wrong(id, `a ${type}`, raw)
    },
    encode: (value) => value,
  })

const text = primitive('string', (raw) => typeof raw === 'string')

const one =
  <T, W>(
    expected: string,
    { shape, encode }: { readonly shape: Shape<T>; readonly encode: (value: W) => unknown },
  ) =>
  (id: string): FieldCodec<T | null, W | null> => ({
    id,
    decode: (raw) => {
      if (isEmpty(raw)) return null
      const value = isObject(raw) ? shape(raw) : undefined
      if (value === undefined) throw wrong(id, expected, raw)
      return value
    },
    encode: (value) => (value === null ? null : encode(value)),
  })

const many =
  <T, W>(
    expected: string,
    {
      item,
      encode,
    }: { readonly item: (raw: unknown) => T | undefined; readonly encode: (value: W) => unknown },
  ) =>
  (id: string): FieldCodec<readonly T[], readonly W[]> => ({
    id,
    decode: (raw) => {
      if (isEmpty(raw)) return []
      if (!Array.isArray(raw)) throw wrong(id, `a list of ${expected}`, raw)
      return raw.map((part: unknown) => {
        const value = item(part)
        if (value === undefined) throw wrong(id, `a list of ${expected}`, raw)
        return value
      })
    },
    encode: (values) => values.map(encode),
  })

const inside =
  <T>(shape: Shape<T>) =>
  (raw: unknown): T | undefined =>
    isObject(raw) ? shape(raw) : undefined

/** By its value, as people read it, or by its id. */
const optionValue = (value: string | Pick<FieldOption, 'id'>): unknown =>
  typeof value === 'string' ? { value } : { id: value.id }
/** By its name or by its id. */
const nameValue = (value: string | Pick<FieldName, 'id'>): unknown =>
  typeof value === 'string' ? { name: value } : { id: value.id }
const userValue = (accountId: string): unknown => ({ accountId })

/** Jira writes `2026-04-28T15:31:13.533+0200`, whose zone lacks the colon that ISO 8601 and JavaScript's own format have. */
const instant = (raw: string): Date => new Date(raw.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))

const isDocument = (raw: unknown): raw is AdfDocument => isObject(raw) && member(raw, 'type') === 'doc'

const isNumber = (raw: unknown): raw is number => typeof raw === 'number'
const isText = (raw: unknown): raw is string => typeof raw === 'string'

/**
 * Kinds of custom fields: `field.number('customfield_10016')`. Reading a field that holds something of another kind
 * throws a `TypeError` that names it.
 */
export const field = {
  /** A number, such as story points. */
  number: primitive('number', isNumber),
  /** One line of text. */
  text,
  /** Several lines of rich text. */
  textarea: (id: string): FieldCodec<AdfDocument | null> => ({
    id,
    decode: (raw) => {
      if (isEmpty(raw)) return null
      if (isDocument(raw)) return raw
      throw wrong(id, 'a document', raw)
    },
    encode: (value) => value,
  }),
  /** One choice of a list. Written by its value, or as `{ id }`. */
  option: one('a choice', { shape: optionShape, encode: optionValue }),
  /** Several choices of a list. */
  options: many('choices', { item: inside(optionShape), encode: optionValue }),
  /** A choice and one below it. Written by their values. */
  cascading: one('a choice', {
    shape: cascadingShape,
    encode: ({ value, child }: { readonly value: string; readonly child?: string }) => ({
      value,
      ...(child !== undefined && { child: { value: child } }),
    }),
  }),
  /** A person. Written by account id. */
  user: one('a person', { shape: userShape, encode: userValue }),
  /** Several people. */
  users: many('people', { item: inside(userShape), encode: userValue }),
  /** A day, such as `2026-11-23`. */
  date: text,
  /** A moment. */
  datetime: (id: string): FieldCodec<Date | null> => ({
    id,
    decode: (raw) => {
      if (isEmpty(raw)) return null
      const value = isText(raw) ? instant(raw) : undefined
      if (value === undefined || Number.isNaN(value.getTime())) throw wrong(id, 'a moment', raw)
      return value
    },
    encode: (value) => value?.toISOString() ?? null,
  }),
  /** Words without spaces. */
  labels: many('labels', {
    item: (raw) => (isText(raw) ? raw : undefined),
    encode: (value: string) => value,
  }),
  /** One version. Written by its name, or as `{ id }`. */
  version: one('a version', { shape: nameShape, encode: nameValue }),
  /** Several versions. */
  versions: many('versions', { item: inside(nameShape), encode: nameValue }),
  /** The sprints that the issue is or was in. Written as the number of the one it is moved to. */
  sprint: (id: string): FieldCodec<readonly FieldSprint[], number | null> => ({
    id,
    decode: many('sprints', { item: inside(sprintShape), encode: (value: never) => value })(id).decode,
    encode: (value) => value,
  }),
  /** The key of an epic. New sites use the system field `parent` in its place. */
  epicLink: text,
  /** A team. Written by its id. */
  team: one('a team', { shape: nameShape, encode: (id: string) => id }),
  /** An address. */
  url: text,
  /** Whatever there is, as it comes. */
  raw: (id: string): FieldCodec<unknown> => ({ id, decode: (raw) => raw ?? null, encode: (value) => value }),
} as const
