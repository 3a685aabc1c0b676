import { describe, expect, it } from 'vitest'

import type { Hole } from '../src/index.ts'
import { cql, isQuery, jql, parseJql, QueryBuildError } from '../src/index.ts'
import { shapeOf } from './shape.ts'

/** The code of the error that building a query ends in. */
function codeOf(build: () => unknown): string | undefined {
  try {
    build()
  } catch (error) {
    return error instanceof QueryBuildError ? `${error.code}@${error.hole}` : String(error)
  }
  return undefined
}

/** What a value of no type that a hole may hold looks like to the tag. */
const untyped = (value: unknown): Hole => value as Hole // oxlint-disable-line typescript/no-unsafe-type-assertion -- callers without types do this

describe('building a query', () => {
  it('puts values into their places', () => {
    const words = 'login error'
    expect(
      String(jql`project = ${'ED'} AND status IN ${['To Do', 'Done']} AND summary ~ ${words}
        AND ${jql.field('Story Points')} >= ${3} AND ${jql`assignee = currentUser() OR assignee = EMPTY`}
        ORDER BY created DESC`),
    ).toBe(
      'project = "ED" AND status IN ("To Do", "Done") AND summary ~ "login error" AND "Story Points" >= 3 AND (assignee = currentUser() OR assignee = EMPTY) ORDER BY created DESC',
    )
  })

  it('writes numbers, dates, functions, and the absence of a value', () => {
    const zoned = jql.with({ timeZone: 'Europe/Berlin' })
    expect(
      String(
        zoned`a = ${3.5} AND b = ${-2n} AND created >= ${new Date(Date.UTC(2026, 6, 1, 22))} AND due > ${jql.daysAgo(7)}
          AND r IN ${jql.fn('membersOf', 'a "b"')} AND e = ${jql.empty} AND d < ${jql.daysAgo(-2)}`,
      ),
    ).toBe(
      String.raw`a = 3.5 AND b = -2 AND created >= "2026-07-02 00:00" AND due > -7d AND r IN membersOf("a \"b\"") AND e = EMPTY AND d < 2d`,
    )
  })

  it('names custom fields by their numbers', () => {
    const {
      field,
      orderBy,
      with: configure,
    } = jql.with({ fields: { Points: 10_016, Team: 'customfield_10001' } })
    expect(
      String(jql`${field('Points')} > 1 AND ${field('Team')} = ${'x'} ORDER BY ${orderBy('Points', 'desc')}`),
    ).toBe('cf[10016] > 1 AND cf[10001] = "x" ORDER BY cf[10016] DESC')
    expect(String(configure({ timeZone: 'UTC' })`${jql.field(7)} = ${new Date(0)}`)).toBe(
      'cf[7] = "1970-01-01 00:00"',
    )
    expect(String(jql`${jql.field('a" OR b')} = 1`)).toBe(String.raw`"a\" OR b" = 1`)
  })

  it('drops what restricts nothing, and keeps what matches nothing', () => {
    expect(String(jql`${jql.all} AND a = 1`)).toBe('a = 1')
    expect(String(jql`(${jql.all} OR b = 2) AND a = 1`)).toBe('a = 1')
    expect(String(jql`${jql.all}`)).toBe('')
    expect(String(jql`NOT ${jql.all} OR a = 1`)).toBe('project IS EMPTY OR a = 1')
    expect(String(jql`${jql.none}`)).toBe('project IS EMPTY')
    expect(jql.bounded(jql`${jql.all} ORDER BY key`)).toBe(false)
  })

  it('joins any number of conditions', () => {
    expect(String(jql.and(jql`a = 1 OR b = 2`, jql.all, jql`c = 3`))).toBe('(a = 1 OR b = 2) AND c = 3')
    expect(String(jql.or(jql`a = 1`, jql`b = 2 AND c = 3`))).toBe('a = 1 OR b = 2 AND c = 3')
    expect(String(jql.and())).toBe('')
    expect(String(jql.or())).toBe('project IS EMPTY')
    expect(String(cql.or())).toBe('id = 0')
  })

  it('sorts by what a list of holes says', () => {
    const sorts = [jql.orderBy('created', 'desc'), jql.orderBy(jql.field('a b')), jql.field('c')]
    expect(String(jql`a = 1 ORDER BY ${sorts}, key`)).toBe('a = 1 ORDER BY created DESC, "a b", c, key')
  })

  it('means words by text, and their order by phrase', () => {
    expect(String(jql`summary ~ ${jql.text('[ED] NOT a*b "c"')}`)).toBe(
      String.raw`summary ~ "\\[ED\\] not a\\*b \\\"c\\\""`,
    )
    expect(String(jql`summary ~ ${jql.phrase('say "no" \\')}`)).toBe(
      String.raw`summary ~ "\"say \\\"no\\\" \\\\\""`,
    )
  })

  it('takes a list inside parentheses for the list', () => {
    expect(String(jql`a IN (${['x', 'y']}, ${'z'})`)).toBe('a IN ("x", "y", "z")')
  })

  it('builds CQL by the same rules, with space keys in quotes', () => {
    expect(
      String(
        cql`space = ${'AND'} AND lastmodified > ${cql.daysAgo(3)} AND type IN (page, blogpost) ORDER BY lastmodified DESC`,
      ),
    ).toBe(
      'space = "AND" AND lastmodified > now("-3d") AND type IN (page, blogpost) ORDER BY lastmodified DESC',
    )
    expect(String(cql.with({ timeZone: 'UTC' })`created > ${new Date(0)}`)).toBe(
      'created > "1970-01-01 00:00"',
    )
  })

  it('gives positions in its own text, and can be taken apart and put together again', () => {
    const query = jql`${jql`a = ${'x'} OR b = 1`} AND c = 2`
    expect(query.text).toBe('(a = "x" OR b = 1) AND c = 2')
    expect(shapeOf(parseJql(query.text).query)).toEqual(shapeOf(query))
    expect(isQuery(query)).toBe(true)
    expect(String(jql`${parseJql('a = 1 or b = 2').query} AND c = 3`)).toBe('(a = 1 OR b = 2) AND c = 3')
  })
})

describe('a hole', () => {
  it.each([
    ['null', null, 'missing-value@1'],
    ['undefined', undefined, 'missing-value@1'],
    ['true', true, 'missing-value@1'],
    ['an empty text', '', 'missing-value@1'],
    ['an empty list', [], 'empty-list@1'],
    ['a list with a gap', ['a', null], 'missing-value@1'],
    ['a number that is none', Number.NaN, 'not-a-number@1'],
    ['a number beyond digits', 1e21, 'not-a-number@1'],
    ['half a character', '\uD800', 'not-well-formed@1'],
    ['a date without a zone', new Date(0), 'no-time-zone@1'],
    ['a query', jql`b = 1`, 'misplaced@1'],
    ['a field', jql.field('b'), 'misplaced@1'],
    ['a value of another making', { kind: 'operand', operand: { type: 'empty' } }, 'missing-value@1'],
    ['a query of another making', { ...jql`b = 1` }, 'missing-value@1'],
  ])('refuses %s where a value belongs', (_, value, code) => {
    expect(codeOf(() => jql`a = ${untyped(value)}`)).toBe(code)
  })

  it('is refused by the compiler already where its type shows that it holds no value', () => {
    // @ts-expect-error -- null is no value
    expect(codeOf(() => jql`a = ${null}`)).toBe('missing-value@1')
    // @ts-expect-error -- a truth value is no value
    expect(codeOf(() => jql`a = ${true}`)).toBe('missing-value@1')
    // @ts-expect-error -- an object of another making is no value
    expect(codeOf(() => jql`a = ${{ a: 1 }}`)).toBe('missing-value@1')
  })

  it('says which hole is meant, and what to do', () => {
    expect(() => jql`a = ${1} AND b = ${untyped(null)}`).toThrow(
      'Hole 2: There is no value, but null. To look for fields without a value, use `jql.empty`.',
    )
  })

  it('cannot stand for syntax', () => {
    expect(codeOf(() => jql`${'a'} = 1`)).toBe('misplaced@1')
    expect(codeOf(() => jql`${'a = 1 OR b'}`)).toBe('misplaced@1')
    expect(codeOf(() => jql`a ${'='} 1`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = 1 ${'OR'} b = 1`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = "x ${'y'}"`)).toBe('misplaced@1')
    expect(codeOf(() => jql`a = x${'y'}`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = 1 ORDER BY ${'b'}`)).toBe('misplaced@1')
    expect(codeOf(() => jql`a = 1 ORDER BY b ${'desc'}`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = f(${['x']})`)).toBe('misplaced@1')
  })

  it('takes no fragment of the other language, with an ORDER BY, or with a mistake', () => {
    expect(codeOf(() => jql`${cql`type = page`}`)).toBe('misplaced@1')
    expect(codeOf(() => jql`a = 1 AND ${jql`b = 1 ORDER BY c`}`)).toBe('misplaced@1')
    expect(codeOf(() => jql`a = 1 AND ${parseJql('b == 1').query}`)).toBe('misplaced@1')
    expect(codeOf(() => jql.and(jql`a = 1 ORDER BY c`))).toBe('misplaced@0')
  })

  it('makes no query that is too long or too deep', () => {
    expect(codeOf(() => jql`a IN ${Array.from({ length: 6000 }, () => 'x')}`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = ${'x'.repeat(100_000)}`)).toBe('syntax@0')
  })

  it('is refused when the tag is called like a function, or the template is no query', () => {
    expect(codeOf(() => Reflect.apply(jql, undefined, ['a = 1']))).toBe('syntax@0')
    expect(codeOf(() => jql`a =`)).toBe('syntax@0')
    expect(codeOf(() => jql`a = \u`)).toBe('syntax@0')
    expect(codeOf(() => jql.orderBy(jql.empty))).toBe('misplaced@0')
  })
})
