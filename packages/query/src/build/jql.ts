import type { Query } from '../ast.ts'
import { jqlGrammar } from '../languages/jql.ts'
import { isBounded } from './bounded.ts'
import type { QueryPart } from './part.ts'
import type { QueryTag, TagOptions } from './tag.ts'
import { createTag, operandPart } from './tag.ts'
import { nowhere, numberValue } from './values.ts'

/** The tag for JQL and what goes into its holes. */
export interface Jql extends QueryTag {
  /** `EMPTY`: no value. */
  readonly empty: QueryPart
  /** So many days before now, to the minute; below 0 it lies ahead. */
  readonly daysAgo: (days: number) => QueryPart
  /** Whether the query restricts anything: the service refuses to search without. */
  readonly bounded: (query: Query) => boolean
  /** The same tag with a time zone or names of custom fields. */
  readonly with: (options: TagOptions) => Jql
}

function createJql(options: TagOptions): Jql {
  return Object.assign(createTag(jqlGrammar, options), {
    empty: operandPart({ type: 'empty', span: nowhere }),
    daysAgo(days: number) {
      const { value } = numberValue(0 - Math.trunc(days))
      return operandPart({ type: 'value', value: `${value}d`, quoted: false, span: nowhere })
    },
    bounded: isBounded,
    with: (more: TagOptions) => createJql({ ...options, ...more }),
  })
}

/**
 * Builds JQL from a template. Each hole is a value that can never become syntax, so text from anywhere is safe in it.
 *
 * Throws `QueryBuildError` when a hole holds no value, or one that has no place there.
 */
export const jql: Jql = /* @__PURE__ */ createJql({})
