/** The two query languages, which share one grammar. */
export type Language = 'jql' | 'cql'

/** A piece of the text, in UTF-16 units. `end` is the first unit after it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What stands between a field and its operand. Others than `=` to `not in` are JQL's alone. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not'
  | 'was'
  | 'was not'
  | 'was in'
  | 'was not in'
  | 'changed'

/** A condition. Conjunctions hold no conjunctions and disjunctions no disjunctions, so equal meaning has one shape. */
export type Node =
  | { readonly type: 'and' | 'or'; readonly clauses: readonly Node[]; readonly span: Span }
  | { readonly type: 'not'; readonly clause: Node; readonly span: Span }
  | Clause

/** A field, an operator, and what it is compared with. Only `changed` has no operand. */
export interface Clause {
  readonly type: 'clause'
  readonly field: Field
  readonly operator: Operator
  readonly operand?: Operand
  /** What narrows WAS and CHANGED, in the order written. */
  readonly predicates: readonly Predicate[]
  readonly span: Span
}

/** A field as it is named in the query. */
export interface Field {
  /** Decoded. Of `cf[10016]` the whole text. */
  readonly name: string
  /** Whether it is printed in quotes. */
  readonly quoted: boolean
  /** The number of a field named by `cf[…]`. */
  readonly customId?: number
  readonly properties: readonly Property[]
  readonly span: Span
}

/** A step into an entity property: `[key].path`. */
export interface Property {
  readonly key: string
  /** Dotted, without the dot in front; empty when there is none. */
  readonly path: string
}

/** What a field is compared with. */
export type Operand = Value | Empty | Call | List

/** A text or a number. */
export interface Value {
  readonly type: 'value'
  /** Decoded. Of a number its digits. */
  readonly value: string
  /** Whether it is printed in quotes. */
  readonly quoted: boolean
  /** Present when it was written as a whole number, which Jira takes for an id. */
  readonly number?: number
  readonly span: Span
}

/** `EMPTY` or `NULL`. */
export interface Empty {
  readonly type: 'empty'
  readonly span: Span
}

/** A function and its arguments, which are texts. */
export interface Call {
  readonly type: 'call'
  readonly name: string
  readonly args: readonly Value[]
  readonly span: Span
}

/** Operands in parentheses. Lists may hold lists. */
export interface List {
  readonly type: 'list'
  readonly items: readonly Operand[]
  readonly span: Span
}

/** What narrows a look into the history. `from` and `to` belong to CHANGED. */
export interface Predicate {
  readonly kind: 'before' | 'after' | 'on' | 'during' | 'by' | 'from' | 'to'
  readonly operand: Operand
  readonly span: Span
}

/** One field to sort by. Without a direction each field has its own. */
export interface Sort {
  readonly field: Field
  readonly direction?: 'asc' | 'desc'
  readonly span: Span
}

/** A whole query, or a fragment of one. Made by the parsers and the templates, and by nothing else. */
export interface Query {
  readonly language: Language
  /** Absent: everything. */
  readonly where?: Node
  readonly orderBy: readonly Sort[]
  readonly span: Span
  /** What the spans point into: as it was parsed, or canonical when it was built. */
  readonly text: string
  readonly toString: () => string
}
