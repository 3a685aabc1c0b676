import { type Need, prepareText } from '@telamon/query'

import { documentText } from '../content/document.ts'
import { issueIndexes } from '../world/indexes.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { createStemIndex } from './stem-index.ts'

function* stemsOf({ summary, description, environment, comments, worklogs }: Issue): Iterable<string> {
  const documents = [
    description,
    environment,
    ...comments.map(({ body }) => body),
    ...worklogs.map(({ comment }) => comment),
  ]
  yield* prepareText(summary).stemSet
  for (const document of documents) if (document) yield* prepareText(documentText(document)).stemSet
}

const byStem = createStemIndex<Issue>(stemsOf)

/** The fields that the index of words covers. Custom fields of text are not in it. */
const texts = new Set(['summary', 'description', 'environment', 'comment', 'worklogComment'])

const isIndexed = (field: string): field is keyof typeof issueIndexes => Object.hasOwn(issueIndexes, field)

/** The sets of ids that a need leaves; undefined when there is no index for it. */
function idsFor({ jira }: Site, need: Need): readonly ReadonlySet<string>[] | undefined {
  const { field } = need
  const sets =
    'stems' in need
      ? texts.has(field) && need.stems.map((stem) => byStem.ids(jira.issues, stem))
      : field === 'key'
        ? need.values.map((id) => new Set([String(id)]))
        : isIndexed(field) && need.values.map((value) => issueIndexes[field].ids(jira.issues, String(value)))
  return sets && sets.every((ids) => ids !== undefined) ? sets : undefined
}

/** The issues that a query can fit, by the narrowest of its needs; undefined when there is nothing to narrow it by. */
export function candidatesFor(site: Site, needs: readonly Need[]): readonly Issue[] | undefined {
  const ways = needs.flatMap((need) => {
    const sets = idsFor(site, need)
    return sets ? [{ sets, size: sets.reduce((sum, { size }) => sum + size, 0) }] : []
  })
  const [narrowest] = ways.toSorted((one, other) => one.size - other.size)
  if (!narrowest) return undefined
  const ids = narrowest.sets.length === 1 ? narrowest.sets : [new Set(narrowest.sets.flatMap((set) => [...set]))]
  return ids.flatMap((set) => [...set]).flatMap((id) => site.jira.issues.get(id) ?? [])
}
