import type { Clause, Operand, Operator, Value } from '../ast.ts'
import type { FieldDef } from './field-def.ts'
import { operatorsOf } from './field-def.ts'
import { historyTest } from './history.ts'
import { resolveOperand } from './resolve.ts'
import type { Session } from './session.ts'
import { note } from './session.ts'
import type { Test } from './tests.ts'
import { equalsAny, isEmptyTest, isRanking, ranksAgainst, someTest } from './tests.ts'
import { textTest } from './text-query.ts'

/** What NOT makes of an operator. CHANGED has no opposite of its own. */
const opposites: Readonly<Record<Exclude<Operator, 'changed'>, Exclude<Operator, 'changed'>>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '~': '!~',
  '!~': '~',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
  was: 'was not',
  'was not': 'was',
  'was in': 'was not in',
  'was not in': 'was in',
}

const negative = { '!=': '=', '!~': '~', 'not in': 'in', 'is not': 'is' } as const

/** Whether an operator asks for what is not. */
export function isNegative(operator: Operator): operator is keyof typeof negative {
  return operator in negative
}

/** One clause on one field; undefined when a part of it is unknown or does not fit, which is noted. */
export function clauseTest<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  { clause, negated }: { readonly clause: Clause; readonly negated: boolean },
): Test<Item> | undefined {
  if (!isSupported(session, field, clause)) return undefined
  const { operator: written, operand } = clause
  if (written === 'changed' || operand === undefined) {
    const changed = historyTest(session, field, clause)
    return negated && changed ? (item) => !changed(item) : changed
  }
  const operator = negated ? opposites[written] : written
  if (operator.startsWith('was')) return historyTest(session, field, { ...clause, operator })
  if (session.language === 'jql') return plainTest(session, field, { operator, operand })
  // CQL: a negative operator is the whole opposite, and so fits items without a value.
  if (!isNegative(operator)) return plainTest(session, field, { operator, operand })
  const positive = plainTest(session, field, { operator: negative[operator], operand })
  return positive && ((item) => !positive(item))
}

/** An operand that is no list is blamed before the operator IN itself (documented). */
function isSupported<Item>(session: Session<Item>, field: FieldDef<Item>, clause: Clause): boolean {
  const { operator, operand } = clause
  const about = { field: field.name, operator, span: clause.span }
  const fits = operand === undefined || takes(session, operator, operand)
  const allowed = operatorsOf(field)
  if (!allowed.includes(operator) && (fits || !operator.endsWith('in'))) {
    const past = operator === 'changed' || operator.startsWith('was')
    note(
      session,
      past ? { code: 'no-history', ...about } : { code: 'unsupported-operator', ...about, allowed },
    )
    return false
  }
  if (!fits) note(session, { code: 'unsupported-operand', ...about, span: operand.span, operand })
  return fits
}

function takes<Item>({ functions }: Session<Item>, operator: Operator, operand: Operand): boolean {
  const list = operand.type === 'call' ? functions.get(operand.name.toLowerCase())?.list : undefined
  if (operator === 'is' || operator === 'is not') return operand.type === 'empty'
  if (operator.endsWith('in')) {
    return operand.type === 'list' || (operand.type === 'call' && list !== false)
  }
  if (operand.type === 'list') return false
  if (isRanking(operator)) return operand.type !== 'empty' && list !== true
  if (operator === '~' || operator === '!~') return operand.type !== 'call'
  return list !== true
}

interface Plain {
  readonly operator: Operator
  readonly operand: Operand
}

function plainTest<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  { operator, operand }: Plain,
): Test<Item> | undefined {
  const isEmpty = isEmptyTest(field)
  if (operand.type === 'empty') return isNegative(operator) ? (item) => !isEmpty(item) : isEmpty
  if (operator === '~' || operator === '!~') {
    const matches = operand.type === 'value' ? wordsTest(session, field, operand) : undefined
    return matches && (operator === '~' ? matches : (item) => !isEmpty(item) && !matches(item))
  }
  const { elements, empty, unknown } = resolveOperand(session, field, operand)
  if (isRanking(operator)) {
    return unknown ? undefined : someTest(field, ranksAgainst(field, operator, elements))
  }
  const equals = someTest(field, equalsAny(field, elements))
  if (isNegative(operator)) {
    return unknown ? undefined : (item) => !isEmpty(item) && !equals(item)
  }
  if (unknown && elements.length === 0 && !empty) return undefined
  return empty ? (item) => equals(item) || isEmpty(item) : equals
}

function wordsTest<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  { value, span }: Value,
): Test<Item> | undefined {
  const test = textTest(value)
  if (!test) return note(session, { code: 'bad-text', field: field.name, value, span })
  return someTest(field, (content) => test(typeof content === 'number' ? String(content) : content))
}
