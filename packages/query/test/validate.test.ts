import { describe, expect, it } from 'vitest'

import type { Vocabulary } from '../src/index.ts'
import { cqlVocabulary, explain, parseCql, parseJql, validate } from '../src/index.ts'

const vocabulary: Vocabulary = {
  fields: [
    { name: 'status', type: 'option', values: ['To Do', 'In Progress', 'Done'], tracked: true },
    { name: 'summary', type: 'text' },
    { name: 'created', aliases: ['createdDate'], type: 'datetime' },
    { name: 'Story Points', customId: 10_016, type: 'number' },
  ],
}
const judge = (text: string, names: Vocabulary = vocabulary) => validate(parseJql(text).query, names)

const judgeCql = (text: string) => validate(parseCql(text).query, cqlVocabulary)

describe('judging a query by the names that are known', () => {
  it.each([
    'status = "to do" AND summary ~ x AND createddate > -7d AND cf[10016] in (1, 2)',
    'status WAS Done BEFORE startOfMonth() AND status CHANGED TO Done BY anyone ORDER BY created',
    'status in anyFunction() AND status = other(1)',
    'status = 10001',
    '',
  ])('finds nothing wrong with %j', (text) => {
    expect(judge(text)).toEqual([])
  })

  it('names the field, the reason and the nearest name', () => {
    expect(
      judge('staus = Done AND status = Dnoe AND summary = x AND created > never ORDER BY craeted'),
    ).toMatchObject([
      { code: 'unknown-field', field: 'staus', suggestion: 'status' },
      { code: 'unknown-value', value: 'Dnoe', suggestion: 'Done', allowed: ['To Do', 'In Progress', 'Done'] },
      { code: 'unsupported-operator', field: 'summary', operator: '=' },
      { code: 'bad-date', value: 'never' },
      { code: 'unknown-field', field: 'craeted', suggestion: 'created' },
    ])
    expect(judge('status WAS Dnoe DURING -1d')).toMatchObject([
      { code: 'bad-predicate' },
      { code: 'unknown-value' },
    ])
    expect(judge('summary WAS x')).toMatchObject([{ code: 'no-history' }])
  })

  it('knows functions only where they are told', () => {
    const names = { ...vocabulary, functions: ['openSprints'] }
    expect(judge('status in opensprint() AND status in openSprints()', names)).toMatchObject([
      { code: 'unknown-function', suggestion: 'openSprints' },
    ])
  })

  it('suggests nothing that is far from what was written', () => {
    for (const name of ['x', 'zz', 'colour', 'a'.repeat(10_000)]) {
      expect(judge(`${name} = 1`)[0]).not.toHaveProperty('suggestion')
    }
  })

  it('knows the fields of CQL by itself', () => {
    expect(
      judgeCql('space = "ED" AND lastmodified > now("-1w") AND creator = currentUser() AND title ~ x'),
    ).toEqual([])
    expect(judgeCql('tittle ~ x AND text = y AND created ~ z')).toMatchObject([
      { message: "Unsupported CQL field 'tittle' for this resource", suggestion: 'title' },
      { code: 'unsupported-operator', field: 'text', operator: '=' },
      { code: 'unsupported-operator', field: 'created', operator: '~' },
    ])
  })

  it('stops counting somewhere', () => {
    expect(judge(Array.from({ length: 500 }, () => 'x = 1').join(' OR '))).toHaveLength(100)
  })
})

describe('an explanation', () => {
  it('shows the place, the nearest name, and what may stand there', () => {
    const text = 'project = ED AND\n  staus = Done'
    expect(
      judge(text, {
        fields: [
          { name: 'status', type: 'option' },
          { name: 'project', type: 'option' },
        ],
      }).map((problem) => explain(text, problem)),
    ).toEqual([
      `Field 'staus' does not exist or you do not have permission to view it.
  staus = Done
  ^^^^^
Did you mean 'status'?`,
    ])
    const value = 'status = Dnoe'
    expect(judge(value).map((problem) => explain(value, problem))).toEqual([
      `The value 'Dnoe' does not exist for the field 'status'.
status = Dnoe
         ^^^^
Did you mean 'Done'?
Allowed: To Do, In Progress, Done`,
    ])
  })

  it('says of CQL also what the service keeps to itself', () => {
    const text = 'space = AND'
    expect(
      parseCql(text)
        .errors.slice(0, 1)
        .map((error) => explain(text, error)),
    ).toEqual([
      `Could not parse cql : space = AND
Expecting either a value, list or function but got 'AND'. You must surround 'AND' in quotation marks to use it as a value.
space = AND
        ^^^`,
    ])
  })

  it('stays short, however long the line', () => {
    const text = `${'a = 1 AND '.repeat(500)}b == 2${' OR c = 3'.repeat(500)}`
    const [error] = parseJql(text).errors
    const lines = error ? explain(text, error).split('\n') : []
    expect(lines.map(({ length }) => length <= 200)).toEqual([true, true, true])
    expect(lines[1]?.charAt(lines[2]?.indexOf('^') ?? -1)).toBe('=')
  })

  it('points behind a query that ends too soon', () => {
    expect(parseJql('a =').errors.map((error) => explain('a =', error).split('\n').slice(1))).toEqual([
      ['a =', '   ^'],
    ])
  })
})
