export type {
  Call,
  Clause,
  Empty,
  Field,
  Language,
  List,
  Node,
  Operand,
  Operator,
  Predicate,
  Property,
  Query,
  Sort,
  Span,
  Value,
} from './ast.ts'
export { QueryBuildError } from './build/build-error.ts'
export type { QueryBuildErrorCode } from './build/build-error.ts'
export { cql } from './build/cql.ts'
export type { Cql } from './build/cql.ts'
export { jql } from './build/jql.ts'
export type { Jql } from './build/jql.ts'
export type { QueryPart } from './build/part.ts'
export type { Direction, Hole, QueryTag, TagOptions } from './build/tag.ts'
export type { QueryError, QueryErrorCode } from './errors.ts'
export { compile } from './evaluate/compile.ts'
export type { Compiled } from './evaluate/compile.ts'
export type { Context } from './evaluate/context.ts'
export type { Dialect, FunctionDef, Vocabulary } from './evaluate/dialect.ts'
export type {
  FieldChange,
  FieldDef,
  FieldHistory,
  FieldInfo,
  FieldType,
  FieldValue,
  Lookup,
} from './evaluate/field-def.ts'
export { operatorsOf } from './evaluate/field-def.ts'
export type { Need } from './evaluate/needs.ts'
export { prepareText } from './evaluate/prepared-text.ts'
export type { PreparedText } from './evaluate/prepared-text.ts'
export type { Problem, ProblemCode } from './evaluate/problem.ts'
export { explain } from './explain.ts'
export { format } from './format.ts'
export { cqlVocabulary } from './languages/cql-vocabulary.ts'
export { jqlReservedWords } from './languages/jql.ts'
export { parseCql, parseJql } from './parser.ts'
export type { Parsed } from './parser.ts'
export { print, printField, printOperand } from './print.ts'
export { isQuery } from './query.ts'
export { validate } from './validate.ts'
