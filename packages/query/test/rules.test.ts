import { describe, expect, it } from 'vitest'

import type { Dialect } from '../src/index.ts'
import { compile, parseJql } from '../src/index.ts'
import { context, finds, plain, problemsOf } from './find.ts'
import { dialect, people } from './world.ts'
import type { Ticket } from './world.ts'

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

  it('may have a name of its own', () => {
    const world: Dialect<Ticket> = {
      fields: [
        { name: 'resolution', type: 'option', emptyNames: ['Unresolved'], get: ({ assignee }) => assignee },
      ],
    }
    const test = (text: string, assignee?: string): boolean =>
      compile(parseJql(text).query, world, context).test({ ...plain, ...(assignee && { assignee }) })
    expect(test('resolution = unresolved')).toBe(true)
    expect(test('resolution in (Unresolved, fixed)', 'Fixed')).toBe(true)
    expect(test('resolution != Unresolved', 'Fixed')).toBe(true)
    expect(test('resolution != Unresolved')).toBe(false)
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
    expect(problemsOf(text)).toMatchObject([{ code }])
    expect(problemsOf(text)[0]?.message).toContain(sentence)
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
    expect(problemsOf('stauts = Open')).toMatchObject([{ suggestion: 'status', span: { start: 0, end: 6 } }])
    expect(problemsOf('status = Opne')).toMatchObject([
      { suggestion: 'Open', severity: 'warning', allowed: ['Open', 'In Progress', 'Done'] },
    ])
    expect(problemsOf('assignee in membresOf(x)')).toMatchObject([
      { suggestion: 'membersOf', severity: 'error' },
    ])
  })
})
