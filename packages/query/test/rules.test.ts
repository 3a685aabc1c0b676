import { describe, expect, it } from 'vitest'

import type { Context, Dialect } from '../src/index.ts'
import { compile, parseJql, prepareText } from '../src/index.ts'
import { dialect, people } from './world.ts'
import type { Ticket } from './world.ts'

const context: Context = { now: Date.parse('2026-11-23T12:30:45Z'), timeZone: 'UTC', user: people.ada }
const plain: Ticket = { id: 1, project: 'ED', status: 'Open' }

/** Whether a query finds a ticket. */
function finds(text: string, ticket: Partial<Ticket>, change: Partial<Context> = {}): boolean {
  const { query, errors } = parseJql(text)
  expect(errors).toEqual([])
  return compile(query, dialect, { ...context, ...change }).test({ ...plain, ...ticket })
}

const problems = (text: string, world: Dialect<Ticket> = dialect) =>
  compile(parseJql(text).query, world, context).problems

describe('an empty field', () => {
  it.each([
    'assignee != ada',
    'assignee not in (ada)',
    'summary !~ x',
    'NOT assignee = ada',
    'NOT summary ~ x',
    'due < 2026-01-01',
    'NOT due < 2026-01-01',
  ])('is never met by %s', (text) => {
    expect(finds(text, {})).toBe(false)
  })

  it.each([
    'assignee is EMPTY',
    'assignee = null',
    'assignee in (EMPTY, ada)',
    'NOT assignee is not EMPTY',
    'summary ~ EMPTY',
    'NOT assignee != EMPTY',
    'labels = EMPTY',
  ])('is met by %s', (text) => {
    expect(finds(text, {})).toBe(true)
    expect(finds(text, { assignee: people.bob, summary: 'x', labels: ['a'] })).toBe(false)
  })

  it('is what an empty text and an empty list are', () => {
    expect(finds('summary is EMPTY AND labels is EMPTY', { summary: '', labels: [] })).toBe(true)
  })
})

describe('what is unknown', () => {
  it.each([
    [
      'colour = red',
      'unknown-field',
      "Field 'colour' does not exist or you do not have permission to view it.",
    ],
    ['status = Zzqq', 'unknown-value', "The value 'Zzqq' does not exist for the field 'status'."],
    ['project = 99', 'unknown-value', "A value with ID '99' does not exist for the field 'project'."],
    ['assignee = noSuchFunction()', 'unknown-function', "Unable to find JQL function 'noSuchFunction'."],
    [
      'summary = "export"',
      'unsupported-operator',
      "The operator '=' is not supported by the 'summary' field.",
    ],
    [
      'summary in test',
      'unsupported-operand',
      `Operator 'in' does not support the non-list value '"test"' for field 'summary'.`,
    ],
    [
      'status = (Open)',
      'unsupported-operand',
      "Operator '=' does not support the list value '(Open)' for field 'status'.",
    ],
    [
      'status is Open',
      'unsupported-operand',
      `Operator 'is' does not support the value '"Open"' for field 'status'.`,
    ],
    [
      'created >= yesterday',
      'bad-date',
      "Date value 'yesterday' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
    ],
    ['created > -7x', 'bad-date', "Date value '-7x'"],
    [
      '"Story Points" > many',
      'bad-number',
      "Value 'many' is invalid for the 'Story Points' field. Enter a number.",
    ],
    ['summary ~ "*x"', 'bad-text', "Unable to parse the text '*x' for field 'summary'."],
    ['summary ~ "-"', 'bad-text', "Unable to parse the text '-'"],
    ['labels WAS x', 'no-history', "History searches do not support the 'labels' field."],
    ['labels CHANGED', 'no-history', "History searches do not support the 'labels' field."],
    ['status WAS Open DURING -1d', 'bad-predicate', 'DURING takes two dates'],
    ['status WAS Open BEFORE (a, b)', 'bad-predicate', 'BEFORE, AFTER and ON take one'],
    ['status WAS Open BY nobody', 'unknown-value', "The value 'nobody' does not exist"],
    ['status = now()', 'unsupported-function', "The function 'now' is not supported by the 'status' field."],
    ['status in broken()', 'bad-arguments', "Function 'broken': It takes no part in this."],
    ['created > startOfDay(soon)', 'bad-arguments', "The increment 'soon' is not readable."],
    [
      'assignee in currentUser()',
      'unsupported-operand',
      "Operator 'in' does not support the non-list value 'currentUser()' for field 'assignee'.",
    ],
    [
      'assignee = membersOf(team)',
      'unsupported-operand',
      "Operator '=' does not support the function 'membersOf(team)' for field 'assignee'.",
    ],
    ['this is not jql', 'unknown-field', "Field 'this' does not exist"],
  ])('matches nothing in %j, also under NOT, and is named', (text, code, sentence) => {
    expect(problems(text)).toMatchObject([{ code }])
    expect(problems(text)[0]?.message).toContain(sentence)
    const full = { assignee: people.ada, labels: ['x'], summary: 'x', points: 1, created: context.now }
    expect(finds(text, full)).toBe(false)
    expect(finds(`NOT (${text})`, full)).toBe(false)
    expect(finds(`${text} OR status = Open`, full)).toBe(true)
  })

  it('is passed over in ORDER BY', () => {
    const { compare, problems: found } = compile(parseJql('ORDER BY zzfield, key').query, dialect, context)
    expect(found).toMatchObject([{ code: 'unknown-field', field: 'zzfield' }])
    expect(compare(plain, { ...plain, id: 2 })).toBeLessThan(0)
  })

  it('is left out of a list, of which the rest still counts', () => {
    expect(finds('status in (Zzqq, Open)', {})).toBe(true)
    expect(finds('status not in (Zzqq, Done)', {})).toBe(false)
  })

  it('comes with the nearest name, what is allowed, and its place', () => {
    expect(problems('stauts = Open')).toMatchObject([{ suggestion: 'status', span: { start: 0, end: 6 } }])
    expect(problems('status = Opne')).toMatchObject([
      { suggestion: 'Open', severity: 'warning', allowed: ['Open', 'In Progress', 'Done'] },
    ])
    expect(problems('assignee in membresOf(x)')).toMatchObject([
      { suggestion: 'membersOf', severity: 'error' },
    ])
  })
})

describe('text', () => {
  const summary = 'Login errors on the Café page: foo-bar, running late'

  it.each([
    'login',
    'LOGIN error',
    'error login',
    '"login errors"',
    'errors on',
    'caf?',
    'log*',
    'run',
    'cafe\u0301',
    'foo-bar',
    'login -missing',
    'missing OR login',
    'login AND error',
    'lo?in',
    'e*r*s',
    '+login',
    'login NOT missing',
    'login~ page^4',
  ])('is found by %j', (words) => {
    expect(finds(`summary ~ ${JSON.stringify(words)}`, { summary })).toBe(true)
  })

  it.each([
    'ogin',
    'log',
    '"errors login"',
    'login missing',
    'login -error',
    'NOT login page',
    '"bar foo"',
    'x OR y',
    'lo?n',
    '-missing',
  ])('is not found by %j', (words) => {
    expect(finds(`summary ~ ${JSON.stringify(words)}`, { summary })).toBe(false)
  })

  it('is looked for in each of several texts by itself', () => {
    const comments = ['alpha beta', 'gamma']
    expect(finds('comment ~ "beta alpha"', { comments })).toBe(true)
    expect(finds('comment ~ "alpha gamma"', { comments })).toBe(false)
  })

  it('is found in scripts without spaces', () => {
    expect(finds('summary ~ 日本', { summary: 'これは日本語です' })).toBe(true)
    expect(finds('summary ~ 本日', { summary: 'これは日本語です' })).toBe(false)
  })

  it('means by a number its digits', () => {
    expect(finds('summary ~ 404', { summary: 'Error 404' })).toBe(true)
  })

  it('can be prepared once for many searches', () => {
    const prepared: Dialect<Ticket> = {
      fields: [{ name: 'summary', type: 'text', get: ({ summary: text = '' }) => prepareText(text) }],
    }
    const { test } = compile(parseJql('summary ~ "errors log*"').query, prepared, context)
    expect(test({ ...plain, summary })).toBe(true)
  })

  it('is compared by stems', () => {
    const stems = (text: string): string => prepareText(text).stems.join(' ')
    expect(stems('caresses ponies cats agreed plastered motoring hopping falling sized happy')).toBe(
      'caress poni cat agre plaster motor hop fall size happi',
    )
    expect(
      stems('relational conditional vietnamization electrical hopefulness adoption controlling rate'),
    ).toBe('relat condit vietnam electr hope adopt control rate')
    expect(stems(`${'a'.repeat(50_000)} Straße`)).toBe(`${'a'.repeat(50_000)} straße`)
  })
})

describe('order', () => {
  it('is by rank, not by name', () => {
    expect(finds('priority > Low', { priority: 'Medium' })).toBe(true)
    expect(finds('priority >= High', { priority: 'Medium' })).toBe(false)
  })

  it('of keys holds within a project', () => {
    expect(finds('key > ED-9', { id: 10 })).toBe(true)
    expect(finds('key > PUB-9', { id: 10 })).toBe(false)
    expect(finds('key <= PUB-9', { id: 10 })).toBe(false)
    expect(finds('key = ed-1 AND project = 10000', {})).toBe(true)
  })

  it('puts what is empty last when ascending, and first when descending', () => {
    const tickets: readonly Ticket[] = [
      { ...plain, id: 1, due: '2026-02-01' },
      { ...plain, id: 2 },
      { ...plain, id: 3, due: '2026-01-01' },
    ]
    const ids = (text: string): readonly number[] =>
      tickets.toSorted(compile(parseJql(text).query, dialect, context).compare).map(({ id }) => id)
    expect(ids('ORDER BY due ASC')).toEqual([3, 1, 2])
    expect(ids('ORDER BY due DESC')).toEqual([2, 1, 3])
    expect(ids('ORDER BY due')).toEqual([2, 1, 3])
    expect(ids('ORDER BY status, key DESC')).toEqual([3, 2, 1])
    expect(ids('project = ED')).toEqual([1, 2, 3])
  })

  it('of texts is that of the language, and of priorities the highest first', () => {
    const sorted = (text: string, tickets: readonly Ticket[]): readonly Ticket[] =>
      tickets.toSorted(compile(parseJql(text).query, dialect, context).compare)
    const [a, b, c] = ['banana', 'Äpfel', 'apple'].map((summary, id) => ({ ...plain, id, summary }))
    expect(sorted('ORDER BY summary', [a!, b!, c!]).map(({ id }) => id)).toEqual(
      [1, 2, 0].toSorted((x, y) => (x === 2 ? -1 : y === 2 ? 1 : 0)),
    )
    const [low, high] = ['Low', 'High'].map((priority, id) => ({ ...plain, id, priority }))
    expect(sorted('ORDER BY priority', [low!, high!]).map(({ id }) => id)).toEqual([1, 0])
  })

  it('takes seven fields', () => {
    const eight = Array.from({ length: 8 }, () => 'key').join(', ')
    expect(problems(`ORDER BY ${eight}`)).toMatchObject([{ code: 'too-many-sorts' }])
  })
})

describe('numbers and lengths of work', () => {
  it('are compared by size', () => {
    expect(finds('"Story Points" >= 2.5 AND cf[10016] = 3', { points: 3 })).toBe(true)
    expect(finds('cf[10016] in (1, "3")', { points: 3 })).toBe(true)
    expect(finds('originalEstimate > 2h AND originalEstimate = "1d"', { estimate: 28_800 })).toBe(true)
    expect(finds('originalEstimate = 90', { estimate: 5400 })).toBe(true)
  })
})

describe('functions', () => {
  it('stand for their values', () => {
    expect(finds('assignee = currentUser()', { assignee: people.ada })).toBe(true)
    expect(finds('assignee in membersOf(team)', { assignee: people.bob })).toBe(true)
    expect(finds('assignee in (membersOf(nobody), bob)', { assignee: people.bob })).toBe(true)
    expect(finds('status in closedStatuses() OR status = closedStatuses()', { status: 'Done' })).toBe(true)
  })

  it('know nobody behind an anonymous caller', () => {
    const { user: _user, ...anonymous } = context
    const test = (text: string): boolean =>
      compile(parseJql(text).query, dialect, anonymous).test({ ...plain, assignee: people.ada })
    expect(test('assignee = currentUser()')).toBe(false)
    expect(test('assignee != currentUser()')).toBe(true)
  })
})

describe('saved queries', () => {
  const saved: Readonly<Record<string, string>> = {
    mine: 'assignee = ada',
    'my open ones': 'filter = mine AND status = Open ORDER BY key',
    loop: 'filter = loop',
    broken: 'nofield = 1',
  }
  const world: Dialect<Ticket> = {
    ...dialect,
    fields: [
      ...(typeof dialect.fields === 'function' ? [] : dialect.fields),
      {
        name: 'filter',
        type: 'query',
        get: () => undefined,
        expand: (text) => (saved[text] === undefined ? undefined : parseJql(saved[text]).query),
      },
    ],
  }
  const test = (text: string, ticket: Partial<Ticket>): boolean =>
    compile(parseJql(text).query, world, context).test({ ...plain, ...ticket })

  it('take the place of the clause', () => {
    expect(test('filter = "my open ones"', { assignee: people.ada })).toBe(true)
    expect(test('filter = "my open ones"', { assignee: people.bob })).toBe(false)
    expect(test('filter != mine', { assignee: people.bob })).toBe(true)
    expect(test('NOT filter in (mine, broken)', { assignee: people.ada })).toBe(false)
  })

  it('that are unknown, or refer to themselves, match nothing', () => {
    expect(problems('filter = nothing', world)).toMatchObject([{ code: 'unknown-value' }])
    expect(problems('filter = loop', world)).toMatchObject([{ code: 'too-deep' }])
    expect(problems('filter = now()', world)).toMatchObject([{ code: 'unsupported-operand' }])
    expect(test('filter = loop', {})).toBe(false)
  })
})

describe('a name', () => {
  it('that fits two fields matches by either', () => {
    const world: Dialect<Ticket> = {
      fields: [
        { name: 'Team', type: 'option', get: ({ status }) => status },
        { name: 'team', type: 'number', get: ({ points }) => points },
      ],
    }
    const test = (text: string): boolean =>
      compile(parseJql(text).query, world, context).test({ ...plain, points: 5 })
    expect(test('team = open')).toBe(true)
    expect(test('team > 4')).toBe(true)
    expect(problems('team = open', world)).toEqual([])
    expect(problems('team ~ x', world)).toHaveLength(1)
  })

  it('can be looked up as a whole, with its properties', () => {
    const world: Dialect<Ticket> = {
      fields: ({ name, properties: [property] }) =>
        name === 'issue.property' && property
          ? [{ name, type: 'option', get: () => `${property.key}/${property.path}` }]
          : [],
    }
    const { test } = compile(parseJql('issue.property[a].b.c = "A/b.C"').query, world, context)
    expect(test(plain)).toBe(true)
    expect(problems('issue.property = x', world)).toMatchObject([{ code: 'unknown-field' }])
    expect(problems('status[a].b = x')).toMatchObject([{ code: 'unknown-field' }])
  })
})
