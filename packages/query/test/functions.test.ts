import { describe, expect, it } from 'vitest'

import type { Dialect } from '../src/index.ts'
import { compile, parseJql } from '../src/index.ts'
import { context, finds, plain, problemsOf } from './find.ts'
import { dialect, people } from './world.ts'
import type { Ticket } from './world.ts'

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
    expect(problemsOf('filter = nothing', world)).toMatchObject([{ code: 'unknown-value' }])
    expect(problemsOf('filter = loop', world)).toMatchObject([{ code: 'too-deep' }])
    expect(problemsOf('filter = now()', world)).toMatchObject([{ code: 'unsupported-operand' }])
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
    expect(problemsOf('team = open', world)).toEqual([])
    expect(problemsOf('team ~ x', world)).toHaveLength(1)
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
    expect(problemsOf('issue.property = x', world)).toMatchObject([{ code: 'unknown-field' }])
    expect(problemsOf('status[a].b = x')).toMatchObject([{ code: 'unknown-field' }])
  })
})
