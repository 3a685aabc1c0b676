import { describe, expect, test } from 'vitest'

import { field } from '../src/index.ts'

const id = 'customfield_10016'
const doc = { type: 'doc', version: 1, content: [] } as const

describe('reading', () => {
  test.each([
    ['number', field.number(id), 5, 5],
    ['text', field.text(id), 'a', 'a'],
    ['textarea', field.textarea(id), doc, doc],
    ['option', field.option(id), { id: '1', value: 'Growth', self: 'x' }, { id: '1', value: 'Growth' }],
    ['options', field.options(id), [{ id: '1', value: 'A' }], [{ id: '1', value: 'A' }]],
    [
      'cascading',
      field.cascading(id),
      { id: '1', value: 'A', child: { id: '2', value: 'B' } },
      { id: '1', value: 'A', child: { id: '2', value: 'B' } },
    ],
    [
      'user',
      field.user(id),
      { accountId: 'x', displayName: 'Ada', active: true },
      { accountId: 'x', displayName: 'Ada' },
    ],
    ['users', field.users(id), [{ accountId: 'x' }], [{ accountId: 'x', displayName: '' }]],
    ['date', field.date(id), '2026-11-23', '2026-11-23'],
    ['datetime', field.datetime(id), '2026-04-28T15:31:13.533+0200', new Date('2026-04-28T13:31:13.533Z')],
    ['labels', field.labels(id), ['a', 'b'], ['a', 'b']],
    ['version', field.version(id), { id: '1', name: '2.0', released: false }, { id: '1', name: '2.0' }],
    ['versions', field.versions(id), [{ id: '1', name: '2.0' }], [{ id: '1', name: '2.0' }]],
    [
      'sprint',
      field.sprint(id),
      [{ id: 3, name: 'S', state: 'active', boardId: 1 }],
      [{ id: 3, name: 'S', state: 'active' }],
    ],
    ['team', field.team(id), { id: 't', name: 'Growth' }, { id: 't', name: 'Growth' }],
    ['raw', field.raw(id), { any: 'thing' }, { any: 'thing' }],
  ])('%s', (...[, codec, raw, value]) => {
    expect(codec.decode(raw)).toEqual(value)
  })

  test('an empty field is null, and an empty list where there are several', () => {
    const single = [
      field.number,
      field.text,
      field.textarea,
      field.option,
      field.user,
      field.datetime,
      field.team,
      field.raw,
    ]
    for (const kind of single)
      expect([kind(id).decode(null), kind(id).decode(undefined)]).toEqual([null, null])
    const several = [field.options, field.users, field.labels, field.versions, field.sprint]
    for (const kind of several) expect(kind(id).decode(null)).toEqual([])
  })

  test.each([
    ['number', field.number(id), '5'],
    ['text', field.text(id), 5],
    ['textarea', field.textarea(id), 'old wiki text'],
    ['option', field.option(id), 'Growth'],
    ['option without an id', field.option(id), { value: 'Growth' }],
    ['options', field.options(id), { id: '1', value: 'A' }],
    ['user', field.user(id), { name: 'ada' }],
    ['datetime', field.datetime(id), 'yesterday'],
    ['labels', field.labels(id), [1]],
    ['sprint', field.sprint(id), ['com.atlassian.greenhopper.service.sprint.Sprint@1[id=1]']],
  ])('another kind than stated is an error that names the field: %s', (_, codec, raw) => {
    expect(() => codec.decode(raw)).toThrow(/customfield_10016 holds .* field\.raw/)
  })
})

describe('writing', () => {
  test('choices go by value or id, people by account, versions by name or id', () => {
    expect(field.option(id).encode('Growth')).toEqual({ value: 'Growth' })
    expect(field.option(id).encode({ id: '1' })).toEqual({ id: '1' })
    expect(field.options(id).encode(['A', { id: '2' }])).toEqual([{ value: 'A' }, { id: '2' }])
    expect(field.cascading(id).encode({ value: 'A', child: 'B' })).toEqual({
      value: 'A',
      child: { value: 'B' },
    })
    expect(field.user(id).encode('x')).toEqual({ accountId: 'x' })
    expect(field.users(id).encode(['x'])).toEqual([{ accountId: 'x' }])
    expect(field.version(id).encode('2.0')).toEqual({ name: '2.0' })
    expect(field.datetime(id).encode(new Date('2026-11-23T09:00:00Z'))).toBe('2026-11-23T09:00:00.000Z')
    expect(field.sprint(id).encode(3)).toBe(3)
    expect(field.team(id).encode('t')).toBe('t')
  })

  test('null empties any single field', () => {
    expect(
      [field.option(id), field.user(id), field.version(id), field.team(id)].map((codec) =>
        codec.encode(null),
      ),
    ).toEqual([null, null, null, null])
    expect(field.datetime(id).encode(null)).toBeNull()
  })
})
