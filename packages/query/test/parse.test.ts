import { describe, expect, it } from 'vitest'

import { parseCql, parseJql, print } from '../src/index.ts'
import { shapeOf } from './shape.ts'

const good = [
  '',
  '   ',
  'project = DEMO',
  'text ~ "login error"',
  String.raw`summary !~ "foo*" AND description ~ "\"exact phrase\""`,
  'status IN ("To Do", "In Progress")',
  'status NOT IN (Done, Closed)',
  'assignee = currentUser()',
  'assignee is not null',
  'status WAS NOT "Done" BEFORE startOfMonth()',
  'status WAS IN ("To Do","In Progress") DURING ("2026/01/01","2026/02/01")',
  'status WAS NOT IN (Done) BY currentUser() AFTER -7d',
  'status CHANGED FROM "To Do" TO "In Progress" BY currentUser() AFTER startOfWeek() BEFORE endOfWeek()',
  'created >= startOfDay(-7d)',
  'due < endOfMonth("+1")',
  'sprint in (12, 13) OR sprint in futureSprints()',
  'cf[10001] ~ foo AND cf[10020] > 3',
  '"Story Points" >= 5 ORDER BY "Story Points" DESC, key ASC',
  'NOT (project = A OR project = B) AND !(status = Done)',
  'issue in linkedIssues("DEMO-1", "blocks")',
  'labels = empty && project in (A,B) || reporter in membersOf("jira-users")',
  'ORDER BY created DESC',
  '"Team[Team]" = 36885b3c-1bf0-4f85-a357-c5b858c31de4',
  'issue.property[my.prop].path = "x"',
  'worklogAuthor = "557058:13cc9354" AND worklogDate >= 2026-01-01',
  'summary ~ "café" AND labels = 日本語',
  'a = b & c = d',
  'NOT NOT a = b',
  'a in ((b),c)',
  'a was empty',
  '123 = a',
  'a[b].c.d = e',
  'a[b]. is null',
  'CF[10] = a',
  'a = "f"()',
  'a = "x\ny"',
  'this is not jql',
  'status is Open',
  'summary in test',
  'a = -',
  'a = b\u00A0c',
]

const bad = [
  'project =',
  'project DEMO',
  'status = = Done',
  'project = DEMO AND',
  '(project = DEMO',
  'project = DEMO)',
  'assignee = currentUser(',
  'summary ~ "unterminated',
  'status WAS',
  'ORDER BY',
  'project = DEMO ORDER created',
  'status in ()',
  'status in (a,',
  'foo ! bar',
  'project = DEMO @ x',
  'cf[abc] = 1',
  'status = Open status = Done',
  'project = DEMO LIMIT 5',
  'project == DEMO',
  'status CHANGED FROM',
  'a = b OR OR c = d',
  'project = and',
  'a <> b',
  'cf[] = a',
  'cf[-1] = a',
  'a = f(x,)',
  'a = f(g())',
  'f() = a',
  'a was x from y to z',
  'a >= 2026-01-01 10:00',
  'a = 1w 2d',
  'order by c d',
  'order by c,',
  'AND a = b',
  '()',
  'a = High;',
  'labels = c++',
  String.raw`a = "x\z"`,
  String.raw`a = b\c`,
  'a = "b""c"',
  'a is !empty',
  'int = 1',
  'a = 2026/01/01',
  'a = \u0001',
  'a = "x\u0001"',
  'a = "tab\there"',
  'a = x\uFFFE',
  'a[b = c',
  'a[] = c',
]

describe('reading JQL', () => {
  it.each(good)('accepts %j', (text) => {
    expect(parseJql(text).errors).toEqual([])
  })

  it.each(bad)('refuses %j', (text) => {
    expect(parseJql(text).errors).not.toEqual([])
  })

  it('builds a tree with positions', () => {
    const { query } = parseJql('status = "To Do" AND cf[7] in (1, f("x"))')
    expect(query.where).toEqual({
      type: 'and',
      span: { start: 0, end: 41 },
      clauses: [
        {
          type: 'clause',
          field: { name: 'status', quoted: false, properties: [], span: { start: 0, end: 6 } },
          operator: '=',
          operand: { type: 'value', value: 'To Do', quoted: true, span: { start: 9, end: 16 } },
          predicates: [],
          span: { start: 0, end: 16 },
        },
        {
          type: 'clause',
          field: { name: 'cf[7]', quoted: false, customId: 7, properties: [], span: { start: 21, end: 26 } },
          operator: 'in',
          operand: {
            type: 'list',
            span: { start: 30, end: 41 },
            items: [
              { type: 'value', value: '1', quoted: false, number: 1, span: { start: 31, end: 32 } },
              {
                type: 'call',
                name: 'f',
                args: [{ type: 'value', value: 'x', quoted: true, span: { start: 36, end: 39 } }],
                span: { start: 34, end: 40 },
              },
            ],
          },
          predicates: [],
          span: { start: 21, end: 41 },
        },
      ],
    })
  })

  it('binds NOT before AND, and AND before OR', () => {
    expect(shapeOf(parseJql('NOT a = 1 AND b = 2 OR c = 3').query)).toEqual(
      shapeOf(parseJql('((NOT a = 1) AND b = 2) OR c = 3').query),
    )
  })

  it('gives equal conditions one shape, however they are put in parentheses', () => {
    expect(shapeOf(parseJql('a = 1 AND (b = 2 AND (c = 3))').query)).toEqual(
      shapeOf(parseJql('((a = 1) AND b = 2) AND c = 3').query),
    )
  })

  it('decodes what it reads', () => {
    const { query } = parseJql(String.raw`a in ("\u0041\t\"\\ \' \ ", x\ y)`)
    expect(JSON.stringify(query.where)).toContain(`"value":${JSON.stringify('A\t"\\ \'  ')}`)
    expect(JSON.stringify(query.where)).toContain('"value":"x y"')
  })

  it('goes on after a mistake, and keeps the clauses that can be read', () => {
    const { query, errors } = parseJql('a = 1 AND (b == 2 OR c = ) AND d = 4 zzz OR e = 5 ORDER BY')
    expect(errors.map(({ code, span }) => [code, span.start])).toEqual([
      ['operand', 14],
      ['operand', 25],
      ['logic', 37],
      ['field', 58],
    ])
    expect(print(query)).toBe('a = 1 AND d = 4 AND e = 5')
  })
})

describe('reading CQL', () => {
  it.each([
    'type = page',
    'space = "AND" and text ~ "a b" order by lastmodified desc, title',
    'type in (page, blogpost) && created > now("-4w") || not label = x',
    'lastmodified >= startOfDay("-1d") and space.key = ED',
    'ancestor = 123',
  ])('accepts %j', (text) => {
    expect(parseCql(text).errors).toEqual([])
  })

  it.each([
    'type =',
    'type is page',
    'status was x',
    'status changed',
    'space = AND',
    'a[b] = c',
    'type = empty',
    'title ~ "open',
  ])('refuses %j', (text) => {
    expect(parseCql(text).errors).not.toEqual([])
  })

  it('says what the service says, and the reason beside it', () => {
    expect(parseCql('space = AND').errors[0]).toMatchObject({
      message: 'Could not parse cql : space = AND',
      reason:
        "Expecting either a value, list or function but got 'AND'. You must surround 'AND' in quotation marks to use it as a value.",
      line: 1,
      character: 9,
    })
    expect(parseCql('type page').errors[0]?.reason).toContain("'IN' and 'NOT IN'.")
  })
})

describe('bounds', () => {
  it('refuses what is nested too deeply, without overflowing the stack', () => {
    for (const text of [
      '('.repeat(90_000),
      'NOT '.repeat(20_000),
      `a in ${'('.repeat(9000)}`,
      '!'.repeat(9000),
    ]) {
      expect(parseJql(text).errors[0]?.code).toMatch(/depth|size/)
    }
    expect(parseJql(`${'('.repeat(100)}a = 1${')'.repeat(100)}`).errors).toEqual([])
  })

  it('refuses what is too long, and does not keep it', () => {
    const { query, errors } = parseJql(`a = "${'x'.repeat(10_000_000)}"`)
    expect(errors[0]?.message).toBe(
      'Error in the JQL Query: The query is too long: 100,000 characters are allowed.',
    )
    expect(query.text).toHaveLength(200)
    expect(parseJql('a '.repeat(20_000)).errors[0]?.code).toBe('size')
  })

  it('reads long lists and long chains', () => {
    expect(parseJql(`a in (${'x, '.repeat(1999)}x)`).errors).toEqual([])
    expect(parseJql(`a = 1${' OR a = 1'.repeat(499)}`).errors).toEqual([])
  })
})
