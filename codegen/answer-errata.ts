/** What holds of answers on the wire and not of the types that are made of them, which would be the worse for it. */

import type { Correction } from './corrections.ts'
import { reshape } from './kinds/schemas.ts'

export const answerErrata: readonly Correction[] = [
  {
    id: 'issue-of-an-id',
    document: 'jira-platform-v3',
    reason: 'An issue has id, key and self, unless the id alone was asked for.',
    source: 'recorded: a search with `fields=id`',
    apply: reshape(['IssueBean'], (schema) => {
      const { required, ...rest } = schema
      if (!required?.includes('self')) return false
      delete schema.required
      schema.allOf = [
        ...(rest.allOf ?? []),
        { anyOf: [{ required }, { required: ['id'], maxProperties: 1 }] },
      ]
      return true
    }),
  },
]
