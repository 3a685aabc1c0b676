import { compile, type Node, parseCql, type Problem, type Query } from '@telamon/query'

import { seesSpace } from '../confluence/find.ts'
import { passesRestrictions } from '../world/permissions.ts'
import { cqlFields } from './cql-fields.ts'
import { type CqlContext, cqlFunctions } from './cql-functions.ts'
import { factsOf, type Hit } from './cql-hits.ts'
import { type Asker, person } from './jql-values.ts'

export type FoundByCql =
  | { readonly ok: false; readonly sentence: string; readonly problem?: Problem }
  | { readonly ok: true; readonly query: Query; readonly hits: readonly Hit[] }

/** What is searched, and from where. */
export interface CqlScope {
  /** Whether archived spaces are searched too. Default: false. */
  readonly archivedSpaces?: boolean
  /** Whether spaces in use are. Default: true. */
  readonly currentSpaces?: boolean
  /** People and nothing else. Default: false. */
  readonly peopleOnly?: boolean
  readonly context?: CqlContext
}

/** The ids of the spaces that are searched: visible ones, in the states that are asked for. */
function searchedSpaces(
  asker: Asker,
  { archivedSpaces = false, currentSpaces = true }: CqlScope,
): ReadonlySet<string> {
  const found = [...asker.site.confluence.spaces.values()].filter(
    (space) => (space.status === 'archived' ? archivedSpaces : currentSpaces) && seesSpace(asker, space),
  )
  return new Set(found.map(({ id }) => id))
}

function peopleHits({ site, world }: Asker): readonly Hit[] {
  return [...site.members.keys()].flatMap((accountId): readonly Hit[] => {
    const found = world.people.get(accountId)
    return found?.accountType === 'atlassian' ? [{ kind: 'user', person: found }] : []
  })
}

/** Everything that the asker sees: content, what is on it, and spaces. */
function visibleHits(asker: Asker, scope: CqlScope): readonly Hit[] {
  const { contents, comments, attachments, spaces } = asker.site.confluence
  const searched = searchedSpaces(asker, scope)
  const accountId = asker.caller.person?.accountId ?? ''
  const statuses = scope.context?.contentStatuses ?? ['current']
  const hits: Hit[] = []
  const shown = new Set<string>()
  const late = asker.lag?.stale(contents)
  for (const now of contents.values()) {
    // Of what the index has not heard yet, it shows what was before.
    const content = late?.has(now.id) === true ? late.get(now.id) : now
    if (!content || !searched.has(content.spaceId) || !statuses.includes(content.status)) continue
    if (content.status === 'draft' && content.authorId !== accountId) continue
    if (!passesRestrictions(asker.site, content, accountId)) continue
    shown.add(content.id)
    hits.push({ kind: 'content', content })
  }
  for (const attachment of attachments.values()) {
    const content = contents.get(attachment.contentId)
    if (content && shown.has(content.id) && attachment.status === 'current') {
      hits.push({ kind: 'attachment', attachment, content })
    }
  }
  for (const comment of comments.values()) {
    const content = contents.get(attachments.get(comment.contentId)?.contentId ?? comment.contentId)
    if (content && shown.has(content.id)) hits.push({ kind: 'comment', comment, content })
  }
  for (const space of spaces.values()) if (searched.has(space.id)) hits.push({ kind: 'space', space })
  return hits
}

/** Whether a query speaks of people: only then are they among what it finds (inferred). */
function asksForPeople(node: Node | undefined): boolean {
  if (!node) return false
  if (node.type === 'not') return asksForPeople(node.clause)
  if (node.type !== 'clause') return node.clauses.some(asksForPeople)
  const name = node.field.name.toLowerCase()
  if (name === 'user' || name.startsWith('user.')) return true
  const { operand } = node
  const values = operand?.type === 'list' ? operand.items : operand ? [operand] : []
  return name === 'type' && values.some((one) => one.type === 'value' && one.value.toLowerCase() === 'user')
}

/** Without ORDER BY the newest change comes first; the service ranks by relevance, which nobody can check (inferred). */
function byChange(one: Hit, other: Hit): number {
  const [left, right] = [factsOf(one), factsOf(other)]
  return right.modified - left.modified || (left.type < right.type ? -1 : 1)
}

/** Finds what a query asks for. Unlike JQL, a name that is not there is a mistake (recorded, F-C1-01). */
export function findHits(asker: Asker, text: string, scope: CqlScope = {}): FoundByCql {
  const { query, errors } = parseCql(text)
  const [error] = errors
  if (error) return { ok: false, sentence: error.message }
  const { person: asking } = asker.caller
  const context = {
    now: asker.clock.now(),
    timeZone: asking?.timeZone ?? asker.site.timeZone,
    ...(asking && { user: asking.accountId }),
  }
  const functions = cqlFunctions(asker, scope.context ?? {})
  const dialect = { fields: cqlFields(asker), functions, person: person(asker) }
  const { test, compare, problems } = compile(query, dialect, context)
  const [problem] = problems
  if (problem) return { ok: false, sentence: problem.message, problem }
  const people = scope.peopleOnly === true || asksForPeople(query.where) ? peopleHits(asker) : []
  const searched = scope.peopleOnly === true ? people : [...visibleHits(asker, scope), ...people]
  const hits = searched.filter(test)
  return { ok: true, query, hits: hits.toSorted((one, other) => compare(one, other) || byChange(one, other)) }
}
