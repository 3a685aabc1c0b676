import type { OperationSpec } from './operation.ts'

/** An operation whose template and method fit, with its path parameters decoded. */
export interface RouteMatch<Spec extends OperationSpec = OperationSpec> {
  readonly operation: Spec
  readonly path: Readonly<Record<string, string>>
}

/** What a router makes of an address: a match, the methods of a path that has others, or nothing. */
export type Routed<Spec extends OperationSpec = OperationSpec> =
  | RouteMatch<Spec>
  | { readonly allow: readonly OperationSpec['method'][] }
  | undefined

/** Finds the operation behind a method and a path. */
export interface OperationRouter<Spec extends OperationSpec = OperationSpec> {
  /** `pathname` as in a `URL`: still escaped, without query, and without any prefix of a gateway. */
  readonly match: (method: string, pathname: string) => Routed<Spec>
}

interface Leaf<Spec> {
  readonly operation: Spec
  /** Names of the parameters, in order. Two operations may name the same segment differently. */
  readonly names: readonly string[]
}

/** One segment of the tree. Fixed words win over parameters, as `issue/picker` does over `issue/{issueIdOrKey}`. */
interface Node<Spec> {
  readonly words: Map<string, Node<Spec>>
  parameter: Node<Spec> | undefined
  readonly leaves: Map<string, Leaf<Spec>>
}

const createNode = <Spec>(): Node<Spec> => ({ words: new Map(), parameter: undefined, leaves: new Map() })

const nameOf = (segment: string): string | undefined =>
  segment.startsWith('{') && segment.endsWith('}') ? segment.slice(1, -1) : undefined

function insert<Spec extends OperationSpec>(root: Node<Spec>, operation: Spec): void {
  const names: string[] = []
  let node = root
  for (const segment of operation.path.split('/').slice(1)) {
    const name = nameOf(segment)
    let next = name === undefined ? node.words.get(segment) : node.parameter
    if (next === undefined) {
      next = createNode()
      if (name === undefined) node.words.set(segment, next)
      else node.parameter = next
    }
    if (name !== undefined) names.push(name)
    node = next
  }
  const taken = node.leaves.get(operation.method)
  if (taken !== undefined) {
    throw new TypeError(
      `${operation.method} ${operation.path} is the address of ${taken.operation.path} as well.`,
    )
  }
  node.leaves.set(operation.method, { operation, names })
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Escaped badly: no operation has such an address.
    return undefined
  }
}

interface Search {
  readonly method: string
  readonly segments: readonly string[]
  /** Methods seen at paths that fit, for the answer 405. */
  readonly allow: Set<OperationSpec['method']>
}

/** How far a search has come. */
interface Step {
  readonly index: number
  readonly values: readonly string[]
}

/** Depth first, words before parameters, and back where a word leads nowhere or lacks the method. */
function find<Spec extends OperationSpec>(
  node: Node<Spec>,
  search: Search,
  { index, values }: Step,
): RouteMatch<Spec> | undefined {
  const segment = search.segments[index]
  if (segment === undefined) {
    const leaf = node.leaves.get(search.method)
    if (leaf === undefined) {
      for (const { operation } of node.leaves.values()) search.allow.add(operation.method)
      return undefined
    }
    const { operation, names } = leaf
    return { operation, path: Object.fromEntries(names.map((name, place) => [name, values[place] ?? ''])) }
  }
  const word = node.words.get(segment)
  const fixed = word && find(word, search, { index: index + 1, values })
  if (fixed !== undefined || node.parameter === undefined || segment === '') return fixed
  const value = decode(segment)
  if (value === undefined) return undefined
  return find(node.parameter, search, { index: index + 1, values: [...values, value] })
}

/** Builds a router over operations of any documents. Throws when two have the same method and template. */
export function createOperationRouter<Spec extends OperationSpec>(
  operations: Iterable<Spec>,
): OperationRouter<Spec> {
  const root = createNode<Spec>()
  for (const operation of operations) insert(root, operation)
  return {
    match: (method, pathname) => {
      if (!pathname.startsWith('/')) return undefined
      const allow = new Set<OperationSpec['method']>()
      const found = find(
        root,
        { method, segments: pathname.split('/').slice(1), allow },
        { index: 0, values: [] },
      )
      if (found !== undefined) return found
      return allow.size === 0 ? undefined : { allow: [...allow].toSorted() }
    },
  }
}
