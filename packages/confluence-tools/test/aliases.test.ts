import { createRegistry } from '@telamon/tool-registry'
import { describe, expect, it } from 'vitest'

import { confluenceToolset } from '../src/index.ts'
import { rows } from './alias-rows.ts'

const registry = createRegistry([confluenceToolset])

describe('names and arguments of other servers', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s is one of our tools', (name, row) => {
    const resolved = registry.resolve(name)
    expect(resolved?.tool.name).toBe(row.tool)
    const bound = resolved?.tool.bind(row.args, resolved.alias)
    expect(bound).toMatchObject({ ok: true, input: row.input })
    expect(bound?.ok && Object.keys(bound.input).toSorted()).toEqual(Object.keys(row.input).toSorted())
  })

  it('has a row for each of them', () => {
    const names = new Set(rows.map(({ name }) => name))
    expect(confluenceToolset.aliases.filter(({ name }) => !names.has(name))).toEqual([])
  })

  it('does not ignore what would change what is written or found', () => {
    const refused = [
      ['updateConfluencePage', { pageId: '1', body: 'b', status: 'draft' }],
      ['updateConfluencePage', { pageId: '1', body: 'b', parentId: '2' }],
      ['confluence_update_page', { page_id: '1', title: 't', content_file: '/etc/passwd' }],
      ['updateConfluenceContent', { contentId: '1', edits: [{ name: 'deleteNode', localId: 'x' }] }],
      ['updateConfluenceContent', { contentId: '1', body: { value: 'b' }, dryRun: true }],
      ['getConfluenceSpaces', { favoritedBy: 'x' }],
    ] as const
    for (const [name, args] of refused) {
      const { tool, alias } = registry.resolve(name) ?? {}
      expect(tool?.bind(args, alias).ok).toBe(false)
    }
  })
})
