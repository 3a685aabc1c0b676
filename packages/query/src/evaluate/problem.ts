import type { Language, Operand, Span } from '../ast.ts'
import { printOperand } from '../print.ts'

/** What kind of mistake is in the meaning of a query. */
export type ProblemCode =
  | 'unknown-field'
  | 'unknown-value'
  | 'unknown-function'
  | 'unsupported-operator'
  | 'unsupported-operand'
  | 'unsupported-function'
  | 'no-history'
  | 'bad-date'
  | 'bad-number'
  | 'bad-text'
  | 'bad-arguments'
  | 'bad-predicate'
  | 'negative-first'
  | 'too-many-sorts'
  | 'too-deep'

/** A mistake in the meaning of a query that is well formed. Jira's search passes over it in silence. */
export interface Problem {
  readonly code: ProblemCode
  /** As the service words it, where that is known. */
  readonly message: string
  readonly span: Span
  /** Jira calls an unknown value a warning and all else an error (documented). */
  readonly severity: 'error' | 'warning'
  readonly field?: string
  readonly operator?: string
  readonly value?: string
  /** The nearest known name. */
  readonly suggestion?: string
  /** What may stand there, when it is fewer than 20. */
  readonly allowed?: readonly string[]
}

/** What the sentence of a problem is made of. */
export type ProblemDetails = Omit<Problem, 'message' | 'severity'> & {
  readonly language: Language
  readonly operand?: Operand
  /** Whether the value was written as a number, and so taken for an id. */
  readonly isId?: boolean
  readonly reason?: string
}

type Sentence = (details: ProblemDetails) => string

const formats =
  "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."

/**
 * Documented: unknown field, unsupported operator, unknown value, the non-list operand. Reported: ids, dates, CQL's
 * unknown field; recorded: CQL's unknown type. The rest follows their pattern and is inferred.
 */
const sentences: Readonly<Record<ProblemCode, Sentence>> = {
  'unknown-field': ({ field, language }) =>
    language === 'cql'
      ? `Unsupported CQL field '${field}' for this resource`
      : `Field '${field}' does not exist or you do not have permission to view it.`,
  'unknown-value': ({ field, value, isId, language, allowed }) => {
    if (language === 'cql' && allowed) {
      return `Unsupported value for ${field}, got : ${value}, expected one of : [${allowed.join(', ')}]`
    }
    return isId
      ? `A value with ID '${value}' does not exist for the field '${field}'.`
      : `The value '${value}' does not exist for the field '${field}'.`
  },
  'unknown-function': ({ value, language }) =>
    `Unable to find ${language.toUpperCase()} function '${value}'.`,
  'unsupported-operator': ({ operator, field }) =>
    `The operator '${operator}' is not supported by the '${field}' field.`,
  'unsupported-operand': ({ operator, operand, field }) => {
    const kinds = { list: 'list value', call: 'function', empty: 'value', value: 'value' } as const
    const value = operand ? printOperand(inQuotes(operand)) : ''
    const kind = operator?.endsWith('in') ? 'non-list value' : kinds[operand?.type ?? 'value']
    return `Operator '${operator}' does not support the ${kind} '${value}' for field '${field}'.`
  },
  'unsupported-function': ({ value, field }) =>
    `The function '${value}' is not supported by the '${field}' field.`,
  'no-history': ({ field }) => `History searches do not support the '${field}' field.`,
  'bad-date': ({ value, field }) => `Date value '${value}' for field '${field}' is invalid. ${formats}`,
  'bad-number': ({ value, field }) => `Value '${value}' is invalid for the '${field}' field. Enter a number.`,
  'bad-text': ({ value, field }) =>
    `Unable to parse the text '${value}' for field '${field}'. Give at least one word; a word cannot begin with '*' or '?'.`,
  'bad-arguments': ({ value, reason }) => `Function '${value}': ${reason}`,
  'bad-predicate': ({ operator }) =>
    `The predicate '${operator}' does not support its operand. DURING takes two dates; BEFORE, AFTER and ON take one.`,
  'negative-first': () => 'A negative expression cannot be the first clause in a CQL statement.',
  'too-many-sorts': () => 'ORDER BY takes at most 7 fields.',
  'too-deep': ({ value }) => `The query '${value}' refers to itself, or to too many others.`,
}

/** The service names texts in quotes, however they were written (documented). */
function inQuotes(operand: Operand): Operand {
  return operand.type === 'value' ? { ...operand, quoted: true } : operand
}

/** Words a problem as the service of that language does. */
export function createProblem(details: ProblemDetails): Problem {
  const { language: _language, operand: _operand, isId: _isId, reason: _reason, allowed, ...rest } = details
  return {
    ...rest,
    ...(allowed && allowed.length > 0 && allowed.length < 20 && { allowed }),
    message: sentences[details.code](details),
    severity: details.code === 'unknown-value' ? 'warning' : 'error',
  }
}
