import { expect, expectTypeOf, test } from 'vitest'

import type { Input, ItemOf, Page } from '../src/index.ts'
import { json } from '../src/testing/index.ts'
import { scripted } from './support/client.ts'
import { createIssue, deleteIssue, getIssue, searchByPost, serverInfo } from './support/records.ts'

const { call, page, items } = scripted([json({}), json({})])

interface Issue {
  readonly id: string
  readonly key: string
}

const path = { issueIdOrKey: 'ED-1' }
const read = () => call(getIssue, { path, query: { fields: ['summary'] } })
const remove = () => call(deleteIssue, { path })
const search = () => page(searchByPost, { body: { jql: 'x' } })

test('an input has what the document has, without what is not taken', async () => {
  expectTypeOf<
    Input<{ path: { id: string }; query?: { a?: 1 }; body?: never; url: string }>
  >().toEqualTypeOf<{
    path: { id: string }
    query?: { a?: 1 }
  }>()
  expectTypeOf(read).returns.resolves.toEqualTypeOf<Issue>()
  expectTypeOf(remove).returns.resolves.toEqualTypeOf<void>()
})

test('an input that is not needed may be left out', async () => {
  expect(await call(serverInfo)).toEqual({})
  expect(await call(serverInfo, {}, { timeoutMs: 5_000 })).toEqual({})
})

test('what does not fit is no program', () => {
  const wrong = [
    // @ts-expect-error the path parameter is missing
    () => call(getIssue),
    // @ts-expect-error the path parameter is missing
    () => call(getIssue, { path: {} }),
    // @ts-expect-error the document knows no such query member
    () => call(getIssue, { path: { issueIdOrKey: 'ED-1' }, query: { nonsense: 1 } }),
    // @ts-expect-error a body where none is taken
    () => call(getIssue, { path: { issueIdOrKey: 'ED-1' }, body: {} }),
    // @ts-expect-error the body is missing
    () => call(createIssue, {}),
    // @ts-expect-error an operation without pages
    () => page(getIssue, { path: { issueIdOrKey: 'ED-1' } }),
  ]
  expect(wrong).toHaveLength(6)
})

test('a page has the items of its operation', () => {
  expectTypeOf<Awaited<ReturnType<typeof search>>['items']>().toEqualTypeOf<readonly Issue[]>()
  expectTypeOf<Page<Issue>['cursor']>().toEqualTypeOf<string | undefined>()
  expectTypeOf(items(searchByPost, { body: { jql: 'x' } })).toEqualTypeOf<AsyncIterable<Issue>>()
})

test('items are found in bare arrays and in nested members', () => {
  expectTypeOf<ItemOf<readonly string[], ''>>().toEqualTypeOf<string>()
  expectTypeOf<
    ItemOf<{ readonly a?: { readonly b?: readonly number[] | null } }, 'a.b'>
  >().toEqualTypeOf<number>()
  expectTypeOf<ItemOf<{ readonly a: string }, 'b'>>().toEqualTypeOf<unknown>()
  expectTypeOf<ItemOf<{ readonly a?: readonly number[] }, 'a|b'>>().toEqualTypeOf<number>()
})
