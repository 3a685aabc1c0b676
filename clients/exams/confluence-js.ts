import { createV1Client, createV2Client } from 'confluence.js'
import { createClient } from 'confluence.js/core'

import { check, type Exam } from './exam.ts'

/** Spaces, pages, versions, comments, labels, search and removal, with every answer held against strict schemas. */
export const confluenceJs: Exam = {
  client: 'confluence.js 3.2.0',
  async run({ site, email, apiToken }) {
    const client = createClient({
      host: site,
      auth: { type: 'basic', email, apiToken },
      onSchemaMismatch: 'throw',
    })
    const wiki = createV2Client(client)
    const old = createV1Client(client)
    const { results: spaces = [] } = await wiki.space.getSpaces({ limit: 10 })
    const space = spaces.find(({ key }) => key === 'PROD')
    check(space?.id, 'the space PROD is not listed')
    await wiki.space.getSpaceById({ id: space.id })
    const made = await wiki.page.createPage({
      body: {
        spaceId: space.id,
        status: 'current',
        title: 'Made by confluence.js',
        body: { representation: 'storage', value: '<p>A zephyr.</p>' },
      },
    })
    check(made.id, 'the new page has no id')
    const { id } = made
    const read = await wiki.page.getPageById({ id, bodyFormat: 'storage' })
    check(read.body?.storage?.value?.includes('zephyr'), 'the page reads otherwise than it was written')
    await wiki.page.updatePage({
      id: Number(id),
      body: {
        id,
        status: 'current',
        title: 'Changed by confluence.js',
        body: { representation: 'storage', value: '<p>A mistral.</p>' },
        version: { number: 2 },
      },
    })
    const versions = await wiki.version.getPageVersions({ id })
    check(versions.results?.length === 2, 'the page has not two versions')
    await wiki.comment.createFooterComment({
      pageId: id,
      body: { representation: 'storage', value: '<p>Windy.</p>' },
    })
    const comments = await wiki.comment.getPageFooterComments({ id })
    check(comments.results?.length === 1, 'the comment is not there')
    await wiki.label.getPageLabels({ id })
    await wiki.children.getChildPages({ id })
    const found = await old.search.searchByCQL({ cql: 'type = page and text ~ "mistral"' })
    check(found.results?.length === 1, 'the search does not find the page')
    await wiki.page.deletePage({ id })
  },
}
