import type { Field, Node, Operand, Sort, Span, Value } from './ast.ts'
import type { ErrorSource, Mistake, QueryError } from './errors.ts'
import { queryError } from './errors.ts'
import type { Token } from './lexer.ts'
import { endToken } from './lexer.ts'

/** What the holes of a template hold, by their number. Each throws when the value has no place there. */
export interface Holes {
  /** The condition of a fragment; undefined when the hole holds something else. */
  readonly condition: (hole: number) => Node | undefined
  readonly field: (hole: number) => Field
  readonly operand: (hole: number) => Operand
  readonly argument: (hole: number) => Value
  readonly sorts: (hole: number) => readonly Sort[]
}

/** A place in a list of tokens, and what went wrong so far. */
export interface Cursor {
  readonly source: ErrorSource
  readonly holes: Holes | undefined
  readonly errors: QueryError[]
  /** The token at hand. */
  readonly token: () => Token
  /** Takes the token at hand and goes on. */
  readonly take: () => Token
  /** Takes the token at hand if it is that symbol or keyword. */
  readonly takeIf: (keyword: string) => Token | undefined
  /** Notes a mistake at the token at hand. Always undefined, so that it can be returned. */
  readonly fail: (code: Mistake['code'], expected?: string) => undefined
  /** Where a piece ends that began at `start`. */
  readonly spanFrom: (start: number) => Span
  /** One level deeper for the time of `inner`; a mistake below 100. */
  readonly deeper: <Result>(inner: () => Result | undefined) => Result | undefined
  /** Gives up: what is left is not looked at. */
  readonly stop: () => void
}

const maxDepth = 100
const maxErrors = 20

/** Makes a cursor before the first token. */
export function createCursor(tokens: readonly Token[], source: ErrorSource, holes?: Holes): Cursor {
  const end = endToken(source.text.length)
  const errors: QueryError[] = []
  let index = 0
  let depth = 0
  let lastEnd = 0
  const token = (): Token => tokens[index] ?? end
  const take = (): Token => {
    const taken = token()
    lastEnd = taken.end
    index += 1
    return taken
  }
  const stop = (): void => {
    index = tokens.length
  }
  const fail: Cursor['fail'] = (code, expected) => {
    const { kind, value, fault, start, end: stopAt } = token()
    const span = { start, end: stopAt }
    if (errors.at(-1)?.span.start === start) return undefined
    const mistake: Mistake =
      fault === undefined
        ? {
            code,
            ...(expected !== undefined && { expected }),
            ...(kind !== 'end' && { got: kind === 'string' ? value : source.text.slice(start, stopAt) }),
          }
        : { code: faults[fault], got: value }
    errors.push(queryError(mistake, span, source))
    if (errors.length === maxErrors) stop()
    return undefined
  }
  return {
    source,
    holes,
    errors,
    token,
    take,
    takeIf: (keyword) => (token().keyword === keyword ? take() : undefined),
    fail,
    spanFrom: (start) => ({ start, end: Math.max(start, lastEnd) }),
    deeper(inner) {
      if (depth === maxDepth) {
        fail('depth')
        stop()
        return undefined
      }
      depth += 1
      const result = inner()
      depth -= 1
      return result
    },
    stop,
  }
}

const faults = {
  character: 'reserved-character',
  control: 'control-character',
  escape: 'escape',
  string: 'string',
} as const
