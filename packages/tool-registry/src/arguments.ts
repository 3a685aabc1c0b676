/**
 * How arguments that other servers take become ours, as data. Steps are taken in the order of the members below. Names
 * may be dotted for a member of an object: `{ pageId: 'contentId', 'transition.id': 'transitionId' }`.
 */
export interface ArgumentChange {
  /** From the other name to ours. Left alone when ours was given too, so that the clash is named. */
  readonly move?: Readonly<Record<string, string>>
  /** By our name: values that are called something else here. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Our names whose text is a list with commas. */
  readonly split?: readonly string[]
  /** Our names whose text is JSON. Text that is not JSON stays as it is, and the schema says what is wrong. */
  readonly parse?: readonly string[]
  /** What to assume unless the caller said otherwise. */
  readonly preset?: Readonly<Record<string, unknown>>
  /** Names that have no meaning here; they are dropped, and the answer says so. */
  readonly ignore?: readonly string[]
}

/** Arguments after all changes, with notes for the caller. */
export interface ChangedArguments {
  readonly arguments: unknown
  readonly notes: readonly string[]
}

/** Applies changes one after the other. Never throws; what is not an object is handed back untouched. */
export function changeArguments(
  raw: unknown,
  changes: readonly (ArgumentChange | undefined)[],
): ChangedArguments {
  const given = raw ?? {}
  if (!isObject(given) || changes.every((change) => change === undefined))
    return { arguments: given, notes: [] }
  const notes: string[] = []
  let current: Members = given
  for (const change of changes) if (change) current = applied(current, change, notes)
  return { arguments: current, notes }
}

type Members = Readonly<Record<string, unknown>>
type Path = readonly string[]

function applied(given: Members, change: ArgumentChange, notes: string[]): Members {
  let current = given
  for (const [from, to] of Object.entries(change.move ?? {}))
    current = moved(current, pathOf(from), pathOf(to))
  for (const [name, values] of Object.entries(change.values ?? {})) {
    current = mapped(current, pathOf(name), (value) =>
      typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value,
    )
  }
  for (const name of change.split ?? []) current = mapped(current, pathOf(name), listOf)
  for (const name of change.parse ?? []) current = mapped(current, pathOf(name), parsed)
  for (const [name, value] of Object.entries(change.preset ?? {})) {
    if (get(current, pathOf(name)) === undefined) current = set(current, pathOf(name), value)
  }
  for (const name of change.ignore ?? []) {
    if (get(current, pathOf(name)) === undefined) continue
    current = without(current, pathOf(name))
    notes.push(`The argument ${name} has no meaning here and was ignored.`)
  }
  return current
}

function moved(members: Members, from: Path, to: Path): Members {
  const value = get(members, from)
  const inward = from.length < to.length && from.every((key, index) => key === to[index])
  if (value === undefined || (inward && isObject(value))) return members
  if (!inward && get(members, to) !== undefined) return members
  return set(without(members, from), to, value)
}

function mapped(members: Members, path: Path, change: (value: unknown) => unknown): Members {
  const value = get(members, path)
  return value === undefined ? members : set(members, path, change(value))
}

function listOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    const result: unknown = JSON.parse(value)
    return result
  } catch {
    // The schema refuses the text and says what it wants instead.
    return value
  }
}

function get(members: Members, [key = '', ...rest]: Path): unknown {
  const value = Object.hasOwn(members, key) ? members[key] : undefined
  if (rest.length === 0) return value
  return isObject(value) ? get(value, rest) : undefined
}

function set(members: Members, [key = '', ...rest]: Path, value: unknown): Members {
  if (rest.length === 0) return { ...members, [key]: value }
  const inner = Object.hasOwn(members, key) ? members[key] : undefined
  return { ...members, [key]: set(isObject(inner) ? inner : {}, rest, value) }
}

/** Leaves a member out, and the objects around it that are empty then. */
function without(members: Members, [key = '', ...rest]: Path): Members {
  const { [key]: inner, ...others } = members
  if (rest.length === 0 || !isObject(inner)) return others
  const left = without(inner, rest)
  return Object.keys(left).length === 0 ? others : { ...members, [key]: left }
}

function pathOf(name: string): Path {
  return name.split('.')
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
