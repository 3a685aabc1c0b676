import type { Clause, Node, Operand, Operator, Query } from '../src/index.ts'
import { theirPaths } from './oracle.ts'

/** A way in which our reader may differ from Atlassian's. */
export interface AllowedDifference {
  readonly name: string
  readonly reason: string
  /** A query in which they differ in this way. */
  readonly example: string
  /** Which reader takes such a query; `both` when they see different trees in it. */
  readonly taken: 'both' | 'ours' | 'theirs'
  readonly explains: (text: string, query: Query) => boolean
}

/** What their grammar lets stand after an operator. CHANGED has nothing. */
const operands: Readonly<Record<Operator, readonly Operand['type'][]>> = {
  '=': ['empty', 'value', 'call'],
  '!=': ['empty', 'value', 'call'],
  '~': ['empty', 'value', 'call'],
  '!~': ['empty', 'value', 'call'],
  '<': ['value', 'call'],
  '>': ['value', 'call'],
  '<=': ['value', 'call'],
  '>=': ['value', 'call'],
  in: ['list', 'call'],
  'not in': ['list', 'call'],
  is: ['empty'],
  'is not': ['empty'],
  was: ['empty', 'value', 'call'],
  'was not': ['empty', 'value', 'call'],
  'was in': ['list', 'call'],
  'was not in': ['list', 'call'],
  changed: [],
}

function clausesOf(node: Node | undefined): readonly Clause[] {
  if (node === undefined) return []
  if (node.type === 'clause') return [node]
  return node.type === 'not' ? clausesOf(node.clause) : node.clauses.flatMap(clausesOf)
}

/** Every way in which the two may differ. A difference that none of these explains is a fault. */
export const allowedDifferences: readonly AllowedDifference[] = [
  {
    name: 'any operand after any operator',
    reason:
      'Recorded: the service takes `status is Open` and `summary in test` as well-formed, answers 200 and finds nothing. Their reader, made for an editor, refuses them.',
    example: 'status IS Open',
    taken: 'ours',
    explains: (_text, query) =>
      clausesOf(query.where).some(
        ({ operator, operand }) => operand && !operands[operator].includes(operand.type),
      ),
  },
  {
    name: 'the path of a property begins with a dot',
    reason:
      'Their lexer takes whatever follows a property for its path, so `ORDER BY a[5] sc` sorts by the path `sc` without a word. Ours reads a path after a dot, as the documentation writes it, and names the rest as a mistake.',
    example: 'ORDER BY a[5] sc',
    taken: 'theirs',
    explains: (text) => theirPaths(text).some((path) => !path.startsWith('.')),
  },
  {
    name: 'a dot without a path',
    reason: 'After a property a dot alone names nothing. They keep it as a path, ours leaves it out.',
    example: 'a[b]. = 1',
    taken: 'both',
    explains: (text) => theirPaths(text).includes('.'),
  },
]
