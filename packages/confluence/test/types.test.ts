import type { AdfDocument } from '@telamon/adf'
import { expectTypeOf, test } from 'vitest'

import type { Confluence } from '../src/index.ts'
import * as operations from '../src/operations.ts'
import * as v1 from '../src/v1.ts'

declare const wiki: Confluence

// Functions that are checked by the compiler and never run.

test('a page has the body and what else was asked for, and no more', () => {
  expectTypeOf(async () => {
    const page = await wiki.pages.get('1', { body: 'atlas_doc_format', include: ['labels'] })
    expectTypeOf(page.body).toEqualTypeOf<AdfDocument>()
    expectTypeOf(page.labels).toEqualTypeOf<readonly operations.Label[]>()
    expectTypeOf(page.title).toEqualTypeOf<string>()
    // @ts-expect-error -- versions were not asked for
    void page.versions
    expectTypeOf((await wiki.pages.get('1', { body: 'view' })).body).toEqualTypeOf<string>()
    expectTypeOf((await wiki.pages.get('1')).body).toEqualTypeOf<undefined>()
    for await (const listed of wiki.pages.list({ body: 'storage' }))
      expectTypeOf(listed.body).toEqualTypeOf<string>()
  }).toBeFunction()
})

test('lists know fewer formats, and a change needs what it builds on', () => {
  // @ts-expect-error -- lists give no rendered bodies
  expectTypeOf(() => wiki.pages.list({ body: 'view' })).toBeFunction()
  // @ts-expect-error -- the version that was read is missing
  expectTypeOf(() => wiki.pages.update('1', { body: { storage: '' } })).toBeFunction()
})

test('content is told apart by its type', () => {
  expectTypeOf(async () => {
    const content = await wiki.content.get('1', { body: 'storage' })
    if (content.type === 'page') expectTypeOf(content.body).toEqualTypeOf<string>()
    if (content.type === 'folder') expectTypeOf(content.body).toEqualTypeOf<undefined>()
    if (content.type === 'embed') expectTypeOf(content.embedUrl).toEqualTypeOf<string | null | undefined>()
    if (content.type === 'custom') expectTypeOf(content.customType).toEqualTypeOf<string>()
  }).toBeFunction()
})

test('an operation wants its path, and knows its query', () => {
  const path = { id: '1' }
  // @ts-expect-error -- the path parameter is missing
  expectTypeOf(() => wiki.call(operations.getPageById)).toBeFunction()
  // @ts-expect-error -- the query has no such member
  expectTypeOf(() => wiki.call(operations.getPageById, { path, query: { format: 'storage' } })).toBeFunction()
  // @ts-expect-error -- the query is needed
  expectTypeOf(() => wiki.items(v1.searchByCql)).toBeFunction()
})

test('each way of paging gives the type of its items', () => {
  expectTypeOf(() => {
    expectTypeOf(wiki.items(operations.getPages)).toExtend<AsyncIterable<operations.PageBulk>>()
    expectTypeOf(wiki.items(v1.searchByCql, { query: { cql: 'x' } })).toExtend<
      AsyncIterable<v1.SearchResult>
    >()
    expectTypeOf(wiki.items(v1.getGroups)).toExtend<AsyncIterable<v1.Group>>()
    expectTypeOf(wiki.items(v1.getAllLabelContent, { query: { name: 'x' } })).toExtend<
      AsyncIterable<v1.LabeledContent>
    >()
  }).toBeFunction()
})
