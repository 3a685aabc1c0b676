import { createPage, updatePage } from '@telamon/confluence/operations'
import { getIssue } from '@telamon/jira/operations'
import { expect, test } from 'vitest'

import { createAnswerCheck, type ObservedAnswer } from '../src/testing/index.ts'

const issue: ObservedAnswer = {
  document: 'jira-platform-v3',
  operation: getIssue,
  method: 'GET',
  path: '/rest/api/3/issue/ALPHA-1',
  status: 200,
  body: { id: '10000', key: 'ALPHA-1', self: 'https://api.atlassian.com/ex/jira/1/rest/api/3/issue/10000' },
}

function faultsOf(changes: Partial<ObservedAnswer>): readonly string[] {
  const { onAnswer, takeFaults } = createAnswerCheck()
  onAnswer({ ...issue, ...changes })
  return takeFaults()
}

test('an answer that its document describes is let pass and counted', () => {
  const { onAnswer, takeFaults, checked } = createAnswerCheck()
  onAnswer(issue)
  onAnswer({ ...issue, body: { id: '10000' } })
  expect(takeFaults()).toEqual([])
  expect(checked.get('getIssue')).toBe(2)
})

test.each([
  ['a member of another type', { ...Object(issue.body), id: 10_000 }, '/id must be string'],
  ['a member that lacks', { id: '10000', key: 'ALPHA-1' }, "must have required property 'self'"],
  [
    'a member that is unknown',
    { ...Object(issue.body), colour: 'red' },
    'must NOT have additional properties',
  ],
  ['no body', undefined, 'there is no JSON'],
])('%s is told with operation, path and place', (_, body, fault) => {
  const [line = ''] = faultsOf({ body })
  expect(line).toMatch(/^jira-platform-v3\/getIssue: GET \/rest\/api\/3\/issue\/ALPHA-1 200: /)
  expect(faultsOf({ body }).join()).toContain(fault)
})

test('a status that neither a document nor a claim knows is a fault', () => {
  expect(faultsOf({ status: 418 })).toEqual([
    'jira-platform-v3/getIssue: GET /rest/api/3/issue/ALPHA-1 418: the document has no answer 418, and no claim says that it departs',
  ])
})

test('a status that only a claim knows is let pass, for its operations alone', () => {
  const conflict = { document: 'confluence-v2', method: 'PUT', status: 409, body: { errors: [] } }
  expect(faultsOf({ ...conflict, operation: updatePage })).toEqual([])
  expect(faultsOf({ ...conflict, operation: createPage })).toHaveLength(1)
})
