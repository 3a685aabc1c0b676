import { getAutoComplete, getFieldAutoCompleteForQueryString } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { matching } from '../names/nearest.ts'
import { CloudId, Words } from '../params.ts'
import { listText } from '../views/list.ts'

const most = 50

export const autocompleteJiraJql = defineTool({
  name: 'autocompleteJiraJql',
  title: 'Names and values for JQL',
  description:
    'Fields and functions that JQL knows on this site; with fieldName, the values that the field can have.',
  tier: 'read',
  product: 'jira',
  uses: [getAutoComplete, getFieldAutoCompleteForQueryString],
  input: z.strictObject({
    cloudId: CloudId,
    fieldName: Words.optional().describe('As JQL calls the field, such as reporter.'),
    query: z.string().trim().optional().describe('The beginning of the value, or a part of the name.'),
  }),
  async run({ fieldName, query = '' }, { jira }, { signal }) {
    if (fieldName !== undefined) {
      const { results = [] } = await jira.call(
        getFieldAutoCompleteForQueryString,
        { query: { fieldName, fieldValue: query } },
        { signal },
      )
      const lines = results.map(({ value, displayName }) => {
        const shown = oneLine((displayName ?? '').replaceAll(/<\/?b>/g, ''))
        return shown === value || shown === '' ? oneLine(value ?? '') : `${oneLine(value ?? '')} (${shown})`
      })
      return {
        text: listText({
          lines: lines.slice(0, most),
          source: `values of ${oneLine(fieldName)}`,
          none: 'Jira suggests no value. The field may have none by that beginning, or not exist.',
          total: lines.length,
        }),
      }
    }
    const { visibleFieldNames = [], visibleFunctionNames = [] } = await jira.call(
      getAutoComplete,
      {},
      { signal },
    )
    const fields = visibleFieldNames.map(
      ({ value, operators = [] }) => `${oneLine(value ?? '')}: ${operators.join(' ')}`,
    )
    const functions = visibleFunctionNames.map(({ value }) => `function ${oneLine(value ?? '')}`)
    const all = [...fields, ...functions]
    const lines = query === '' ? all : matching(all, query, (line) => line)
    return {
      text: listText({
        lines: lines.slice(0, most),
        source: 'what JQL knows',
        none: 'Nothing goes by that name.',
        total: lines.length,
      }),
    }
  },
})
