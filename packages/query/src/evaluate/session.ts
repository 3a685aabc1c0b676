import type { Language } from '../ast.ts'
import { nearest } from '../nearest.ts'
import type { Context } from './context.ts'
import { commonFunctions } from './date-functions.ts'
import type { Dialect, FunctionDef } from './dialect.ts'
import type { FieldInfo, Lookup } from './field-def.ts'
import type { Problem, ProblemDetails } from './problem.ts'
import { createProblem } from './problem.ts'

/** What one compilation carries around. */
export interface Session<Item> {
  readonly language: Language
  readonly dialect: Dialect<Item>
  readonly context: Context
  /** By name in lower case. */
  readonly functions: ReadonlyMap<string, FunctionDef>
  /** Whether functions that are not in the table may be there all the same. */
  readonly anyFunction: boolean
  /** Whether there are no items, and only the problems count. */
  readonly judging: boolean
  readonly problems: Problem[]
  /** Names that may still be searched for a nearest one: that costs more than all the rest. */
  readonly suggestions: { left: number }
  /** How many saved queries this one stands inside. */
  readonly depth: number
}

/** What a session begins with. */
export interface SessionOptions {
  readonly context: Context
  readonly anyFunction?: boolean
  readonly judging?: boolean
}

/** Begins a compilation. */
export function createSession<Item>(
  language: Language,
  dialect: Dialect<Item>,
  { context, anyFunction = false, judging = false }: SessionOptions,
): Session<Item> {
  const functions = new Map(
    [...commonFunctions, ...(dialect.functions ?? [])].map((each) => [each.name.toLowerCase(), each]),
  )
  return {
    language,
    dialect,
    context,
    functions,
    anyFunction,
    judging,
    problems: [],
    suggestions: { left: 20 },
    depth: 0,
  }
}

/** What is known of a problem. */
export interface Finding extends Omit<ProblemDetails, 'language' | 'suggestion'> {
  /** What the value could have meant. */
  readonly candidates?: readonly string[]
}

/** Notes a problem. Always undefined, so that it can be returned. */
export function note<Item>(session: Session<Item>, { candidates, ...details }: Finding): undefined {
  const { language, problems, suggestions } = session
  if (problems.length === 100) return undefined
  const written = details.value ?? details.field
  if (candidates === undefined || written === undefined || suggestions.left === 0) {
    problems.push(createProblem({ ...details, language }))
    return undefined
  }
  suggestions.left -= 1
  const suggestion = nearest(written, candidates)
  problems.push(createProblem({ ...details, language, ...(suggestion !== undefined && { suggestion }) }))
  return undefined
}

/** What a name is looked up with. */
export function lookupOf<Item>(
  { context }: Session<Item>,
  field: FieldInfo,
  number: number | undefined,
): Lookup {
  return { context, field, ...(number !== undefined && { number }) }
}
