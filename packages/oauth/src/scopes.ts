/** One permission that a client may ask for. */
export interface Scope {
  /** As it stands in `scope` parameters, such as `notes:write`. */
  readonly name: string
  /** What a person reads on the consent page, such as "Change and add notes". */
  readonly label: string
  /** The heading on the consent page under which it stands, such as the product's name. */
  readonly group?: string
  /**
   * `read` and `write` are permissions; a person may leave all of `write` away. `session` is none: it is accepted,
   * listed in the server's metadata and nowhere else, and never shown (`offline_access`).
   */
  readonly tier: 'read' | 'write' | 'session'
  /** Scopes that come with it. Followed to the end. */
  readonly implies?: readonly string[]
}

/** What can be asked about a set of scopes. All answers keep the order in which the scopes were configured. */
export interface ScopeAlgebra {
  readonly all: readonly Scope[]
  /** The known ones among the names, with all that they imply. */
  readonly close: (names: Iterable<string>) => readonly string[]
  /** Reads a `scope` parameter: the known names with what they imply, or nothing when none is known. */
  readonly parse: (parameter: string) => readonly string[] | undefined
  /** Whether all that the names stand for is within `granted`. A `session` scope always is. */
  readonly within: (names: Iterable<string>, granted: readonly string[]) => boolean
  /** Without those of the tier `write`. */
  readonly readOnly: (names: Iterable<string>) => readonly string[]
  /** Without those of the tier `session`. */
  readonly permissions: (names: Iterable<string>) => readonly string[]
  /** Whether one of them is of the tier `write`. */
  readonly writes: (names: Iterable<string>) => boolean
}

/** RFC 6749 section 3.3: `scope-token`. */
const namePattern = /^[\u0021\u0023-\u005B\u005D-\u007E]{1,100}$/

/**
 * Makes the algebra of a list of scopes.
 *
 * @throws {TypeError} when a name is malformed or repeated, or implies one that is not in the list.
 */
export function createScopeAlgebra(scopes: readonly Scope[]): ScopeAlgebra {
  const byName = new Map(scopes.map((scope) => [scope.name, scope]))
  if (byName.size !== scopes.length) throw new TypeError('A scope stands twice in the list')
  for (const { name, implies = [] } of scopes) {
    if (!namePattern.test(name)) throw new TypeError(`${JSON.stringify(name)} is not a scope name`)
    for (const implied of implies)
      if (!byName.has(implied)) throw new TypeError(`${name} implies ${implied}, which is not in the list`)
  }

  const select = (names: Iterable<string>, keep: (scope: Scope) => boolean): readonly string[] => {
    const wanted = new Set(names)
    return scopes.filter((scope) => wanted.has(scope.name) && keep(scope)).map(({ name }) => name)
  }

  function close(names: Iterable<string>): readonly string[] {
    const closed = new Set<string>()
    const open = [...names]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const scope = byName.get(name)
      if (scope === undefined || closed.has(name)) continue
      closed.add(name)
      open.push(...(scope.implies ?? []))
    }
    return select(closed, () => true)
  }

  return {
    all: scopes,
    close,
    parse(parameter) {
      const closed = close(splitScope(parameter))
      return closed.length > 0 ? closed : undefined
    },
    within(names, granted) {
      const allowed = new Set(granted)
      return [...names].every((name) => byName.get(name)?.tier === 'session' || allowed.has(name))
    },
    readOnly: (names) => select(names, ({ tier }) => tier !== 'write'),
    permissions: (names) => select(names, ({ tier }) => tier !== 'session'),
    writes: (names) => select(names, ({ tier }) => tier === 'write').length > 0,
  }
}

/** The names of a `scope` parameter, which are separated by spaces. */
export const splitScope = (parameter: string): readonly string[] =>
  parameter.split(' ').filter((name) => name !== '')
