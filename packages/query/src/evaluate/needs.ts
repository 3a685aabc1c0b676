import type { Clause, Node } from '../ast.ts'
import { findFields } from './dialect.ts'
import type { FieldDef, FieldValue } from './field-def.ts'
import { isFolded, resolveOperand } from './resolve.ts'
import type { Session } from './session.ts'
import { stemsOf } from './text-query.ts'

/**
 * What every item that fits has, so that whoever keeps an index looks at nothing else: one of the values in the field
 * of that name, or one of the stems in its text.
 */
export type Need =
  | { readonly field: string; readonly values: readonly FieldValue[] }
  | { readonly field: string; readonly stems: readonly string[] }

/** The needs of a query: its positive clauses on one field each, where all of them have to fit. */
export function needsOf<Item>(session: Session<Item>, node: Node | undefined): readonly Need[] {
  if (node === undefined || node.type === 'not') return []
  if (node.type === 'clause') return needsOfClause({ ...session, problems: [] }, node)
  return node.type === 'and' ? node.clauses.flatMap((clause) => needsOf(session, clause)) : []
}

function needsOfClause<Item>(
  session: Session<Item>,
  { field: name, operator, operand }: Clause,
): readonly Need[] {
  const [field, ...others] = findFields(session.dialect.fields, name)
  if (!field || others.length > 0 || operand === undefined || field.expand) return []
  if (operator === '~') {
    const groups = operand.type === 'value' ? stemsOf(operand.value) : []
    return groups.map((stems) => ({ field: field.name, stems }))
  }
  const exact = operator === '=' || operator === 'in'
  if (!exact || !isStored(field)) return []
  const { elements, empty, unknown } = resolveOperand(session, field, operand)
  if (empty || unknown || elements.some(({ end }) => end !== undefined)) return []
  return [{ field: field.name, values: elements.map(({ value }) => value) }]
}

/** Whether the values of a query are compared with those of the items as they are. */
const isStored = <Item>(field: FieldDef<Item>): boolean =>
  (field.type === 'option' || field.type === 'ordered') && !isFolded(field)
