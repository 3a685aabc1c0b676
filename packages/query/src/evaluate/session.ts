import type { Language } from '../ast.ts'
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
  return { language, dialect, context, functions, anyFunction, judging, problems: [], depth: 0 }
}

/** Notes a problem. Always undefined, so that it can be returned. */
export function note<Item>(session: Session<Item>, details: Omit<ProblemDetails, 'language'>): undefined {
  if (session.problems.length < 100) {
    session.problems.push(createProblem({ ...details, language: session.language }))
  }
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
