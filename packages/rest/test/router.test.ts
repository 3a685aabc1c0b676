import { describe, expect, test } from 'vitest'

import { createOperationRouter, effectOf, isCovered, productOf, scopesFor } from '../src/index.ts'
import { texts } from './support/random.ts'
import {
  addAttachment,
  createIssue,
  deleteIssue,
  editIssue,
  getIssue,
  record,
  searchByPost,
  serverInfo,
} from './support/records.ts'

const picker = record({ id: 'getIssuePickerResource', path: '/rest/api/3/issue/picker' })
const page = record({ id: 'getPage', path: '/wiki/api/v2/pages/{page-id}' })
const scoped = [
  getIssue,
  createIssue,
  editIssue,
  deleteIssue,
  addAttachment,
  searchByPost,
  serverInfo,
  picker,
  page,
]

describe('a router', () => {
  const router = createOperationRouter(scoped)

  test('finds each operation by its method and path', () => {
    for (const operation of scoped) {
      const path = operation.path.replaceAll(/\{[^}]+\}/g, 'ED-1')
      expect(router.match(operation.method, path)).toMatchObject({ operation })
    }
  })

  test('decodes parameters by the names of their operation', () => {
    expect(router.match('GET', '/wiki/api/v2/pages/a%20b%2Fc')).toEqual({
      operation: page,
      path: { 'page-id': 'a b/c' },
    })
  })

  test('prefers a fixed word, and falls back to a parameter where the word lacks the method', () => {
    expect(router.match('GET', '/rest/api/3/issue/picker')).toMatchObject({ operation: picker })
    expect(router.match('PUT', '/rest/api/3/issue/picker')).toMatchObject({
      operation: editIssue,
      path: { issueIdOrKey: 'picker' },
    })
  })

  test('names the methods of a path that has others', () => {
    expect(router.match('PATCH', '/rest/api/3/issue/picker')).toEqual({ allow: ['DELETE', 'GET', 'PUT'] })
    expect(router.match('OPTIONS', '/rest/api/3/search/jql')).toEqual({ allow: ['POST'] })
  })

  test.each([
    '/',
    '',
    '/rest/api/3',
    '/rest/api/3/issue/',
    '/rest/api/3/issue/ED-1/',
    '/rest//api/3/issue/ED-1',
    '/rest/api/3/issue/%ZZ',
    'rest/api/3/serverInfo',
    '/REST/api/3/serverInfo',
  ])('knows nothing at %j', (path) => {
    expect(router.match('GET', path)).toBeUndefined()
  })

  test('survives any path', () => {
    for (const text of texts(500)) {
      for (const path of [text, `/${text}`, `/rest/api/3/issue/${text}`]) {
        const found = router.match('GET', path)
        expect(found === undefined || 'allow' in found || found.operation.path.startsWith('/')).toBe(true)
      }
    }
  })

  test('refuses two operations with one address', () => {
    expect(() => createOperationRouter([getIssue, record({ path: '/rest/api/3/issue/{key}' })])).toThrow(
      'GET /rest/api/3/issue/{key}',
    )
  })
})

const covered = (...granted: readonly string[]): boolean => isCovered(getIssue, new Set(granted))

describe('scopes', () => {
  const agile = record({
    path: '/rest/agile/1.0/board',
    scopes: { granular: ['read:sprint:jira-software', 'read:project:jira'] },
  })

  test('are classic where that reaches, and granular where it does not', () => {
    expect(scopesFor([getIssue, createIssue, agile, serverInfo])).toEqual({
      classic: ['read:jira-work', 'write:jira-work'],
      granular: ['read:project:jira', 'read:sprint:jira-software'],
      unstated: ['GET /rest/api/3/serverInfo'],
    })
  })

  test('cover an operation when one of its sets is whole', () => {
    expect(covered('read:jira-work')).toBe(true)
    expect(covered('read:issue:jira', 'read:user:jira')).toBe(true)
    expect(covered('read:issue:jira')).toBe(false)
    expect(covered()).toBe(false)
    expect(isCovered(serverInfo, new Set())).toBe(true)
  })
})

test('product and effect are read off the record', () => {
  expect([getIssue, page].map((operation) => productOf(operation))).toEqual(['jira', 'confluence'])
  expect(
    [getIssue, searchByPost, createIssue, editIssue, deleteIssue].map((operation) => effectOf(operation)),
  ).toEqual(['read', 'read', 'write', 'write', 'delete'])
})
