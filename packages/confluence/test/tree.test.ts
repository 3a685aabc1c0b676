import { isAtlassianError } from '@telamon/rest'
import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import type { Confluence } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const none = (): Response => json({ results: [], _links: {} })
const item = (): Response => json({ id: '1', type: 'folder', status: 'current', title: 'Plans' })

const started = (): Response => json({ id: '77', links: {} })

/** What a method of the surface asks the upstream. */
async function request(
  run: (wiki: Confluence) => Promise<unknown>,
  answer: Response = json({}),
): Promise<string> {
  const { wiki, upstream } = scripted(answer)
  await run(wiki)
  return asked(upstream).join('\n')
}

describe('what lies beside pages', () => {
  test('folders are made, read, removed, and lead up and down', async () => {
    const all = [
      await request((wiki) => wiki.folders.create({ spaceId: '5', title: 'Plans', parentId: '9' }), item()),
      await request((wiki) => wiki.folders.get('1'), item()),
      await request((wiki) => wiki.folders.children('1').page({ size: 10 }), none()),
      await request((wiki) => wiki.folders.descendants('1', { depth: 5 }).page(), none()),
      await request((wiki) => wiki.folders.ancestors('1'), none()),
      await request((wiki) => wiki.folders.remove('1'), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "POST /wiki/api/v2/folders {"spaceId":"5","title":"Plans","parentId":"9"}",
        "GET /wiki/api/v2/folders/1",
        "GET /wiki/api/v2/folders/1/direct-children?limit=10",
        "GET /wiki/api/v2/folders/1/descendants?depth=5&limit=250",
        "GET /wiki/api/v2/folders/1/ancestors?limit=250",
        "DELETE /wiki/api/v2/folders/1",
      ]
    `)
  })

  test('databases, whiteboards and embeds likewise', async () => {
    const all = [
      await request((wiki) => wiki.databases.create({ spaceId: '5', title: 'Risks' }), item()),
      await request((wiki) => wiki.databases.children('1').page(), none()),
      await request((wiki) => wiki.whiteboards.create({ spaceId: '5', templateKey: 'kanban-board' }), item()),
      await request((wiki) => wiki.whiteboards.remove('1'), reply(204)),
      await request((wiki) => wiki.embeds.create({ spaceId: '5', embedUrl: 'https://example.com' }), item()),
      await request((wiki) => wiki.embeds.get('1'), item()),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "POST /wiki/api/v2/databases {"spaceId":"5","title":"Risks"}",
        "GET /wiki/api/v2/databases/1/direct-children?limit=250",
        "POST /wiki/api/v2/whiteboards {"spaceId":"5","templateKey":"kanban-board"}",
        "DELETE /wiki/api/v2/whiteboards/1",
        "POST /wiki/api/v2/embeds {"spaceId":"5","embedUrl":"https://example.com"}",
        "GET /wiki/api/v2/embeds/1",
      ]
    `)
  })
})

test('pages are copied, alone and with what is below them, and archived', async () => {
  const all = [
    await request((wiki) =>
      wiki.pageCopies.copy('1', { below: '9', title: 'Copy' }, { without: ['labels'] }),
    ),
    await request((wiki) =>
      wiki.pageCopies.copy('1', { spaceKey: 'DOCS', title: 'Copy' }, { withRestrictions: true }),
    ),
    await request(
      (wiki) => wiki.pageCopies.copyTree('1', { below: '9', titlePrefix: 'Copy of ' }),
      started(),
    ),
    await request((wiki) => wiki.pageCopies.archive(['1', '2']), started()),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "POST /wiki/rest/api/content/1/copy {"copyAttachments":true,"copyLabels":false,"copyProperties":true,"copyPermissions":false,"destination":{"type":"parent_content","value":"9"},"pageTitle":"Copy"}",
      "POST /wiki/rest/api/content/1/copy {"copyAttachments":true,"copyLabels":true,"copyProperties":true,"copyPermissions":true,"destination":{"type":"space","value":"DOCS"},"pageTitle":"Copy"}",
      "POST /wiki/rest/api/content/1/pagehierarchy/copy {"copyAttachments":true,"copyLabels":true,"copyProperties":true,"copyPermissions":false,"copyDescendants":true,"destinationPageId":"9","titleOptions":{"prefix":"Copy of "}}",
      "POST /wiki/rest/api/content/archive {"pages":[{"id":1},{"id":2}]}",
    ]
  `)
})

test('templates are listed, read, made, changed and removed', async () => {
  const template = { name: 'Minutes', storage: '<p />', spaceKey: 'DOCS' }
  const all = [
    await request((wiki) => wiki.templates.list({ spaceKey: 'DOCS' }).page(), none()),
    await request((wiki) => wiki.templates.blueprints().page({ size: 5 }), none()),
    await request((wiki) => wiki.templates.get('12')),
    await request((wiki) => wiki.templates.create(template)),
    await request((wiki) => wiki.templates.update('12', { ...template, description: 'weekly' })),
    await request((wiki) => wiki.templates.remove('12'), reply(204)),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /wiki/rest/api/template/page?spaceKey=DOCS&limit=25",
      "GET /wiki/rest/api/template/blueprint?limit=5",
      "GET /wiki/rest/api/template/12",
      "POST /wiki/rest/api/template {"name":"Minutes","templateType":"page","body":{"storage":{"value":"<p />","representation":"storage"}},"space":{"key":"DOCS"}}",
      "PUT /wiki/rest/api/template {"name":"Minutes","templateType":"page","body":{"storage":{"value":"<p />","representation":"storage"}},"description":"weekly","space":{"key":"DOCS"},"templateId":"12"}",
      "DELETE /wiki/rest/api/template/12",
    ]
  `)
})

const state = (percentageComplete: number, finished: boolean): Response =>
  json({ id: '77', percentageComplete, finished, successful: finished })

describe('long work', () => {
  test('is looked after until it is finished', async () => {
    const { wiki } = scripted(state(0, false), state(40, false), state(100, true))
    const seen: number[] = []
    for await (const { percentageComplete } of wiki.longTasks.watch('77')) seen.push(percentageComplete)
    expect(seen).toEqual([0, 40, 100])
  })

  test('is left alone after an abort', async () => {
    const stop = new AbortController()
    const { wiki, upstream } = scripted(state(0, false))
    const looking = async (): Promise<void> => {
      for await (const { finished } of wiki.longTasks.watch('77', { signal: stop.signal }))
        if (!finished) stop.abort()
    }
    await expect(looking()).rejects.toSatisfy((error) => isAtlassianError(error, 'aborted'))
    expect(upstream.requests).toHaveLength(1)
  })
})
