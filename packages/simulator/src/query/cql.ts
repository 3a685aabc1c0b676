import { compile, parseCql, type Problem, type Query } from '@telamon/query'

import { sees, seesSpace } from '../confluence/find.ts'
import { cqlFields, type Hit, modifiedOf, typeOf } from './cql-fields.ts'
import { type Asker, person } from './jql-values.ts'

export type FoundByCql =
  | { readonly ok: false; readonly sentence: string; readonly problem?: Problem }
  | { readonly ok: true; readonly query: Query; readonly hits: readonly Hit[] }

/** Everything that the asker sees: content, the comments on it, and spaces. */
function visibleHits(asker: Asker, includeArchived: boolean): readonly Hit[] {
  const { contents, comments, spaces } = asker.site.confluence
  const isOpen = (spaceId: string): boolean => includeArchived || spaces.get(spaceId)?.status === 'current'
  const shown = new Map(
    [...contents.values()]
      .filter((content) => content.status === 'current' && isOpen(content.spaceId) && sees(asker, content))
      .map((content) => [content.id, content]),
  )
  return [
    ...[...shown.values()].map((content): Hit => ({ kind: 'content', content })),
    ...[...comments.values()].flatMap((comment): readonly Hit[] => {
      const content = shown.get(comment.contentId)
      return content ? [{ kind: 'comment', comment, content }] : []
    }),
    ...[...spaces.values()]
      .filter((space) => isOpen(space.id) && seesSpace(asker, space))
      .map((space): Hit => ({ kind: 'space', space })),
  ]
}

/** The hits as the index holds them: content that it is late with stands there as it was, or not at all. */
function asIndexed(asker: Asker, hits: readonly Hit[], includeArchived: boolean): readonly Hit[] {
  const { contents, spaces } = asker.site.confluence
  const late = asker.lag?.stale(contents)
  if (!late || late.size === 0) return hits
  const isOpen = (spaceId: string): boolean => includeArchived || spaces.get(spaceId)?.status === 'current'
  const before = [...late.values()].filter(
    (content) =>
      content?.status === 'current' &&
      isOpen(content.spaceId) &&
      contents.has(content.id) &&
      sees(asker, content),
  )
  return [
    ...hits.filter((hit) => hit.kind === 'space' || !late.has(hit.content.id)),
    ...before.flatMap((content): readonly Hit[] => (content ? [{ kind: 'content', content }] : [])),
  ]
}

/** Without ORDER BY the newest change comes first; the service ranks by relevance, which nobody can check (inferred). */
function byChange(one: Hit, other: Hit): number {
  return modifiedOf(other) - modifiedOf(one) || (typeOf(one) < typeOf(other) ? -1 : 1)
}

/** Finds what a query asks for. Unlike JQL, a name that is not there is a mistake (recorded, F-C1-01). */
export function findHits(asker: Asker, text: string, includeArchived = false): FoundByCql {
  const { query, errors } = parseCql(text)
  const [error] = errors
  if (error) return { ok: false, sentence: error.message }
  const { person: asking } = asker.caller
  const context = {
    now: asker.clock.now(),
    timeZone: asking?.timeZone ?? asker.site.timeZone,
    ...(asking && { user: asking.accountId }),
  }
  const dialect = { fields: cqlFields(asker), functions: cqlFunctions, person: person(asker) }
  const { test, compare, problems } = compile(query, dialect, context)
  const [problem] = problems
  if (problem) return { ok: false, sentence: problem.message, problem }
  const hits = asIndexed(asker, visibleHits(asker, includeArchived), includeArchived).filter(test)
  return { ok: true, query, hits: hits.toSorted((one, other) => compare(one, other) || byChange(one, other)) }
}

/** Functions that depend on what a person did before, which this world does not keep: they stand for nothing. */
const cqlFunctions = [
  'recentlyViewedContent',
  'recentlyViewedSpaces',
  'favouriteSpaces',
  'currentSpace',
  'currentContent',
].map((name) => ({ name, call: () => [] }))
