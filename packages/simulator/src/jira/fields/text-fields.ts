import type { AdfDocument } from '@telamon/adf'

import { documentHtml, documentText, readDocument } from '../../content/document.ts'
import { asText } from '../../http/value.ts'
import type { Issue } from '../../world/jira-model.ts'
import { accepted, refused, type Editing, type FieldSpec, type Trace } from './spec.ts'

const longest = 255

const summaryEditing: Editing = {
  operations: ['set'],
  required: true,
  screens: 'both',
  set(value) {
    const text = asText(value)
    if (value !== null && text === undefined) return refused('Operation value must be a string')
    if (text === undefined || text.trim() === '') return refused('You must specify a summary of the issue.')
    if (/[\r\n]/.test(text)) return refused('The summary is invalid because it contains newline characters.')
    if (text.length > longest) return refused(`Summary must be less than ${longest} characters.`)
    return accepted((issue) => {
      issue.summary = text.trim()
    })
  },
}

/** A field that holds a document or nothing. */
function documentField(
  id: 'description' | 'environment',
  name: string,
  write: (issue: Issue, document: AdfDocument | null) => void,
): FieldSpec {
  return {
    id,
    name,
    clauseNames: [id],
    schema: { type: 'string', system: id },
    orderable: true,
    navigable: true,
    searchable: true,
    show: (_, issue) => issue[id],
    render: (_, issue) => documentHtml(issue[id]),
    trace: (_, issue): readonly Trace[] => (issue[id] ? [{ id: null, text: documentText(issue[id]) }] : []),
    edit: {
      operations: ['set'],
      screens: 'both',
      set(value) {
        if (value === null) return accepted((issue) => write(issue, null))
        const read = readDocument(value)
        return read.ok ? accepted((issue) => write(issue, read.document)) : refused(read.error)
      },
    },
  }
}

export const textFields: readonly FieldSpec[] = [
  {
    id: 'summary',
    name: 'Summary',
    clauseNames: ['summary'],
    schema: { type: 'string', system: 'summary' },
    orderable: true,
    navigable: true,
    searchable: true,
    show: (_, issue) => issue.summary,
    trace: (_, issue) => [{ id: null, text: issue.summary }],
    edit: summaryEditing,
  },
  documentField('description', 'Description', (issue, document) => {
    issue.description = document
  }),
  documentField('environment', 'Environment', (issue, document) => {
    issue.environment = document
  }),
  {
    id: 'labels',
    name: 'Labels',
    clauseNames: ['labels'],
    schema: { type: 'array', items: 'string', system: 'labels' },
    orderable: true,
    navigable: true,
    searchable: true,
    show: (_, issue) => issue.labels,
    trace: (_, issue) => [{ id: '', text: issue.labels.join(' ') }],
    edit: {
      operations: ['add', 'set', 'remove'],
      screens: 'both',
      autoComplete: ({ links }) => `${links.site}/rest/api/1.0/labels/suggest?query=`,
      set(value) {
        if (value === null) return accepted((issue) => writeLabels(issue, []))
        if (!Array.isArray(value)) return refused('data was not an array')
        const labels = value.filter((label): label is string => typeof label === 'string' && label !== '')
        if (labels.length !== value.length) return refused('string expected at index 0')
        const spaced = labels.find((label) => /\s/.test(label))
        if (spaced !== undefined) return refused(`The label '${spaced}' contains spaces which is invalid.`)
        return accepted((issue) => writeLabels(issue, labels))
      },
      change(operation, value) {
        const label = asText(value)
        if (label === undefined || label === '') return refused('Operation value must be a string')
        if (/\s/.test(label)) return refused(`The label '${label}' contains spaces which is invalid.`)
        return accepted((issue) => {
          const others = issue.labels.filter((known) => known !== label)
          writeLabels(issue, operation === 'add' ? [...others, label] : others)
        })
      },
    },
  },
]

/** Labels are kept in the order of the alphabet, each once (inferred). */
function writeLabels(issue: Issue, labels: readonly string[]): void {
  issue.labels = [...new Set(labels)].toSorted((one, other) => (one < other ? -1 : 1))
}
