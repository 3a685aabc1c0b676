/** How answers are paged, and where their items are. */

import type { DocumentName } from '../documents.ts'
import {
  type Document,
  type Place,
  type Schema,
  answerOf,
  propertiesOf,
  resolve,
  schemasIn,
  walk,
} from '../openapi.ts'

export type PageKind = 'offset' | 'token' | 'link' | 'start' | 'since' | 'cursor'

export interface Paging {
  readonly page: PageKind
  /** Dotted when nested; empty when the answer is the list itself. */
  readonly items: string
}

/** Lists beside the items. */
const sideLists = new Set(['_expands', 'warningMessages', 'warnings', 'statuses'])

/** Members that every page has are not optional. Returns how many schemas that concerned. */
export function requirePageMembers(document: Document, places: readonly Place[]): number {
  let changed = 0
  const always = ['startAt', 'maxResults', 'values']
  const answers = places.flatMap(({ operation }) => Object.values(operation.responses).flatMap(schemasIn))
  walk(document, answers, (schema) => {
    if (!schema.properties || !always.every((name) => name in (schema.properties ?? {}))) return
    schema.required = [...new Set([...(schema.required ?? []), ...always])]
    changed++
  })
  return changed
}

/** The paging of an operation, or nothing when it has none that the runtime knows. */
export function pagingOf(
  document: Document,
  name: DocumentName,
  { place: { operation }, known }: { readonly place: Place; readonly known: string | false | undefined },
): Paging | undefined {
  const answer = answerOf(operation)
  if (!answer || known === false) return undefined
  const [requested] = schemasIn(operation.requestBody)
  const asked = new Set([
    ...(operation.parameters ?? []).filter((one) => one.in === 'query').map((one) => one.name),
    ...Object.keys(propertiesOf(document, requested)),
  ])
  const page = kindOf(name, asked, propertiesOf(document, answer))
  return page && { page, items: known ?? itemsOf(document, answer, operation.operationId) }
}

function kindOf(
  name: DocumentName,
  asked: ReadonlySet<string>,
  answer: Record<string, Schema>,
): PageKind | undefined {
  if (name.startsWith('confluence') || name === 'jira-service-management') {
    if (asked.has('cursor')) return '_links' in answer ? 'link' : undefined
    return asked.has('start') && asked.has('limit') ? 'start' : undefined
  }
  if (asked.has('nextPageToken')) return 'token'
  if (asked.has('startAt')) return 'offset'
  if (asked.has('since') && 'lastPage' in answer) return 'since'
  return asked.has('cursor') && 'nextPageCursor' in answer ? 'cursor' : undefined
}

function itemsOf(document: Document, answer: Schema, id: string): string {
  if (resolve(document, answer).type === 'array') return ''
  const lists = listsIn(document, answer)
  if (lists.length === 1 && lists[0] !== undefined) return lists[0]
  // A page inside the answer: usages of a status, contents of a label.
  const nested = Object.entries(propertiesOf(document, answer)).flatMap(([outer, schema]) =>
    listsIn(document, schema).map((inner) => `${outer}.${inner}`),
  )
  const pages = nested.filter((path) => /\.(values|results)$/.test(path))
  if (lists.length === 0 && pages.length === 1 && pages[0] !== undefined) return pages[0]
  throw new Error(
    `${id}: which list holds the items? Found ${[...lists, ...pages].join(', ') || 'none'}. Say so in marks.ts`,
  )
}

const listsIn = (document: Document, schema: Schema): string[] =>
  Object.entries(propertiesOf(document, schema))
    .filter(([name, part]) => !sideLists.has(name) && resolve(document, part).type === 'array')
    .map(([name]) => name)
