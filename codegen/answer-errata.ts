/** What holds of answers on the wire and not of the types that are made of them, which would be the worse for it. */

import type { Correction } from './corrections.ts'
import { reshape } from './kinds/schemas.ts'
import { answerOf, operationOf, propertiesOf, resolve } from './openapi.ts'

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
  {
    id: 'gadget-position',
    document: 'jira-platform-v3',
    reason: 'The place of a gadget has row and column; the schema has their descriptions for names.',
    source: 'documented: the example of getAllGadgets',
    apply: reshape(['DashboardGadgetPosition'], (schema) => {
      if (schema.properties?.['row']) return false
      const integer = { type: 'integer', format: 'int32' }
      schema.properties = { row: integer, column: integer }
      schema.required = ['row', 'column']
      return true
    }),
  },
  {
    id: 'location-of-a-board',
    document: 'jira-software',
    reason: 'The configuration of a board names its project in full; the schema is that of a request.',
    source: 'recorded: the configuration of a board',
    apply(document) {
      const answer = answerOf(operationOf(document, 'getConfiguration').operation)
      const location = answer && propertiesOf(document, answer)['location']
      const { properties } = (location && resolve(document, location)) ?? {}
      if (!properties) throw new Error('getConfiguration.location is gone')
      if ('self' in properties) return 0
      for (const name of ['id', 'key', 'name', 'self']) properties[name] = { type: 'string' }
      return 1
    },
  },
]
