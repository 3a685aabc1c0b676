import { AdfError } from './error.ts'

/** What a document may measure before it is refused. All are counted over the whole JSON value, attributes included. */
const limits = {
  /** Levels of nodes; a value of attributes may add as many again. */
  depth: 200,
  /** Objects and arrays. */
  nodes: 1_000_000,
  /** Characters of all strings together. */
  characters: 10_000_000,
  /** Characters of storage XML. */
  source: 10_000_000,
} as const

/** How many levels of JSON one level of nodes takes: the node and its `content`. */
const jsonLevels = 2

/**
 * Walks a value with a stack of its own and throws an `AdfError` unless it is plain JSON within the limits, so that
 * everything after it may recurse. A cycle is found as depth, a shared branch that multiplies as size.
 */
export function guardJson(value: unknown): void {
  const stack: unknown[] = [value]
  const depths: number[] = [0]
  let nodes = 0
  let characters = 0
  while (stack.length > 0) {
    const current = stack.pop()
    const depth = depths.pop() ?? 0
    if (typeof current === 'string') characters += current.length
    else if (typeof current === 'object' && current !== null) {
      if (depth > limits.depth * jsonLevels) {
        throw new AdfError(
          'too_deep',
          `The document is nested deeper than ${limits.depth} levels: flatten it.`,
        )
      }
      nodes += 1
      const children: readonly unknown[] = Array.isArray(current) ? current : Object.values(current)
      for (const child of children) {
        stack.push(child)
        depths.push(depth + 1)
      }
    } else if (!isScalar(current)) {
      throw new AdfError('not_adf', `The document holds a ${typeof current}: give plain JSON.`)
    }
    if (nodes > limits.nodes || characters > limits.characters || stack.length > limits.nodes) {
      throw new AdfError('too_large', 'The document is too large: split it into several.')
    }
  }
}

function isScalar(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean'
}

/** Throws an `AdfError` when a source text is longer than so many characters. */
export function guardSource(text: string, most: number = limits.source): void {
  if (text.length > most) {
    throw new AdfError('too_large', `The text is longer than ${most} characters: split it into several.`)
  }
}
