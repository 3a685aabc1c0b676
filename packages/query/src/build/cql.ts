import { cqlGrammar } from '../languages/cql.ts'
import type { QueryPart } from './part.ts'
import type { QueryTag, TagOptions } from './tag.ts'
import { call, createTag, operandPart } from './tag.ts'
import { numberValue } from './values.ts'

/** The tag for CQL and what goes into its holes. */
export interface Cql extends QueryTag {
  /** So many days before now, to the minute; below 0 it lies ahead. */
  readonly daysAgo: (days: number) => QueryPart
  /** The same tag with a time zone. */
  readonly with: (options: TagOptions) => Cql
}

function createCql(options: TagOptions): Cql {
  return Object.assign(createTag(cqlGrammar, options), {
    daysAgo: (days: number) => operandPart(call('now', [`${numberValue(0 - Math.trunc(days)).value}d`])),
    with: (more: TagOptions) => createCql({ ...options, ...more }),
  })
}

/** Builds CQL from a template, by the same rules as `jql`. */
export const cql: Cql = /* @__PURE__ */ createCql({})
