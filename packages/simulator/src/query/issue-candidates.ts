import type { AdfDocument } from '@telamon/adf'
import { type Need, prepareText } from '@telamon/query'

import { documentText } from '../content/document.ts'
import { isObject } from '../http/value.ts'
import { issueIndexes } from '../world/indexes.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { createStemIndex } from './stem-index.ts'

function stemsOf({ summary, custom, ...issue }: Issue): ReadonlySet<string> {
  const { description, environment, comments, worklogs } = issue
  const values: readonly unknown[] = [
    summary,
    description,
    environment,
    ...comments.map(({ body }) => body),
    ...worklogs.map((worklog) => worklog.comment),
    ...custom.values(),
  ]
  const words = values.flatMap((value) =>
    typeof value === 'string' ? [value] : isDocument(value) ? [documentText(value)] : [],
  )
  return prepareText(words.join('\n')).stemSet
}

/** Text fields of people's own hold words, or a document that was checked when it was written. */
const isDocument = (value: unknown): value is AdfDocument => isObject(value) && value['type'] === 'doc'

const byStem = createStemIndex<Issue>(stemsOf)
const bySummary = createStemIndex<Issue>(({ summary }) => prepareText(summary).stemSet)

/** The fields that an index of words covers. */
const texts = new Map([
  ['summary', bySummary],
  ...['description', 'environment', 'comment', 'text', 'worklogComment'].map(
    (name) => [name, byStem] as const,
  ),
])

const isIndexed = (field: string): field is keyof typeof issueIndexes => Object.hasOwn(issueIndexes, field)

/** The sets of ids that a need leaves; undefined when there is no index for it. */
function idsFor({ jira }: Site, need: Need): readonly ReadonlySet<string>[] | undefined {
  const { field } = need
  const words = texts.get(field)
  const sets =
    'stems' in need
      ? words && need.stems.map((stem) => words.ids(jira.issues, stem))
      : field === 'key'
        ? need.values.map((id) => new Set([String(id)]))
        : isIndexed(field) && need.values.map((value) => issueIndexes[field].ids(jira.issues, String(value)))
  return sets && sets.every((ids) => ids !== undefined) ? sets : undefined
}

/** The issues that a query can fit, as far as indexes tell; undefined when they tell nothing. */
export function candidatesFor(site: Site, needs: readonly Need[]): readonly Issue[] | undefined {
  const [narrowest, ...others] = needs
    .flatMap((need) => {
      const sets = idsFor(site, need)
      return sets ? [{ sets, size: sets.reduce((sum, { size }) => sum + size, 0) }] : []
    })
    .toSorted((one, other) => one.size - other.size)
  if (!narrowest) return undefined
  const issues: Issue[] = []
  const seen = new Set<string>()
  for (const set of narrowest.sets) {
    for (const id of set) {
      if (seen.has(id) || !others.every(({ sets }) => sets.some((each) => each.has(id)))) continue
      if (narrowest.sets.length > 1) seen.add(id)
      const issue = site.jira.issues.get(id)
      if (issue) issues.push(issue)
    }
  }
  return issues
}
