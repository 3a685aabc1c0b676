import type { Query } from './ast.ts'
import { compileIn } from './evaluate/compile.ts'
import type { Context } from './evaluate/context.ts'
import type { Vocabulary } from './evaluate/dialect.ts'
import type { FieldDef, FieldInfo } from './evaluate/field-def.ts'
import type { Problem } from './evaluate/problem.ts'
import { createSession } from './evaluate/session.ts'

const anywhere: Context = { now: 0, timeZone: 'UTC' }

/**
 * Judges a query by the names that are known: fields, their operators and values, functions, dates. Each problem names
 * the field, the reason and the nearest known name.
 *
 * Without items and without permissions this is a forecast; the service has the last word.
 */
export function validate(query: Query, vocabulary: Vocabulary): readonly Problem[] {
  const { fields, functions } = vocabulary
  const dialect = {
    fields: fields.map(withoutItems),
    functions: (functions ?? []).map((name) => ({ name, call: () => [] })),
  }
  const session = createSession<never>(query.language, dialect, {
    context: anywhere,
    anyFunction: functions === undefined,
    judging: true,
  })
  return compileIn(session, query).problems
}

function withoutItems(field: FieldInfo): FieldDef<never> {
  const { values } = field
  if (!values) return { ...field, get: () => undefined }
  const known = new Set(values.map((value) => value.toLowerCase()))
  return {
    ...field,
    get: () => undefined,
    // A number may be an id, which names do not tell.
    resolve: (text, { number }) => (number !== undefined || known.has(text.toLowerCase()) ? text : undefined),
  }
}
