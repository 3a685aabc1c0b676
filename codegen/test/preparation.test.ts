import assert from 'node:assert/strict'
import { test } from 'node:test'

import { compare } from '../compare.ts'
import { correct } from '../corrections.ts'
import { rename } from '../kinds/operations.ts'
import { toIdentifier, toSchemaName } from '../prepare/identifiers.ts'
import { gatherParameters } from '../prepare/parameters.ts'
import { scopesOf } from '../prepare/scopes.ts'
import { documentOf, loaded, operation } from './documents.ts'

test('ids become what the type generator makes of them', () => {
  const made = ['searchByCQL', 'getIssuesForBoardJSIS', 'getHTMLPage', 'Resource.get_things', 'getIssue'].map(
    toIdentifier,
  )
  assert.deepEqual(made, [
    'searchByCql',
    'getIssuesForBoardJsis',
    'getHtmlPage',
    'resourceGetThings',
    'getIssue',
  ])
})

test('names of schemas lose the endings of Java classes', () => {
  const made = ['IssueBean', 'PageBeanProject', 'FooJsonBean', 'Bean', 'BeanstalkJackson1'].map(toSchemaName)
  assert.deepEqual(made, ['Issue', 'PageProject', 'Foo', 'Bean', 'Beanstalk'])
})

test('scopes are told apart by their form, and two alternatives of one form keep apart', () => {
  const stated = (...sets: string[][]): ReturnType<typeof operation> =>
    operation('x', {
      'x-atlassian-oauth2-scopes': sets.map((scopes) => ({ scheme: 'OAuth2', state: '', scopes })),
    })
  assert.deepEqual(scopesOf(stated(['read:issue:jira', 'read:avatar:jira'], ['read:jira-work'])), {
    classic: ['read:jira-work'],
    granular: ['read:avatar:jira', 'read:issue:jira'],
  })
  assert.deepEqual(scopesOf(stated(['read:page:confluence'])), { granular: ['read:page:confluence'] })
  assert.deepEqual(
    scopesOf(stated(['readonly:content.attachment:confluence'], ['read:attachment:confluence'])),
    {
      classic: ['readonly:content.attachment:confluence'],
      granular: ['read:attachment:confluence'],
    },
  )
  assert.deepEqual(
    scopesOf(operation('x', { security: [{ basicAuth: [] }, { OAuth2: ['read:jql:jira'] }, {}] })),
    {
      granular: ['read:jql:jira'],
    },
  )
})

test('parameters of the path count for each of its operations, and header fields for none', () => {
  const document = documentOf({
    '/a/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true }],
      get: operation('get', {
        parameters: [
          { name: 'Authorization', in: 'header' },
          { name: 'q', in: 'query' },
        ],
      }),
    },
  })
  gatherParameters(document)
  assert.deepEqual(
    document.paths['/a/{id}']?.get?.parameters?.map(({ name }) => name),
    ['id', 'q'],
  )
})

test('a correction that no longer fits, or changes nothing any more, is an error', () => {
  const correction = (name: string): Parameters<typeof correct>[2] => [
    { id: 'names', document: 'jira-software', reason: '', source: '', apply: rename([['get', '/a', name]]) },
  ]
  assert.equal(correct('jira-software', documentOf({ '/a': { get: operation('a') } }), correction('b')), 1)
  assert.throws(
    () => correct('jira-software', documentOf({ '/a': { get: operation('b') } }), correction('b')),
    /caught up/,
  )
  assert.throws(() => correct('jira-software', documentOf({}), correction('b')), /no longer fits/)
})

test('a comparison tells what came, what went, what is deprecated, and what changed', () => {
  const before = loaded({
    '/kept': {
      get: operation('kept', {
        parameters: [{ name: 'old', in: 'query' }],
        security: [{ OAuth2: ['read:jira-work'] }],
      }),
    },
    '/gone': { get: operation('gone') },
  })
  const after = loaded({
    '/kept': {
      get: operation('kept', {
        deprecated: true,
        parameters: [{ name: 'new', in: 'query', required: true }],
        security: [{ OAuth2: ['write:jira-work'] }],
      }),
    },
    '/new': { post: operation('new') },
  })
  const found = compare([before], [after]).map(
    ({ kind, operation: key, detail }) => `${kind} ${key} ${detail}`,
  )
  assert.deepEqual(found, [
    'added POST /new new',
    'deprecated GET /kept kept',
    'parameters GET /kept +query new (required), -query old',
    'scopes GET /kept +write:jira-work, -read:jira-work',
    'removed GET /gone gone',
  ])
})
