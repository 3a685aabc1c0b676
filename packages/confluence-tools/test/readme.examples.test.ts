import { readFileSync } from 'node:fs'

import { createConfluence } from '@telamon/confluence'
import { oauth } from '@telamon/rest'
import { createUpstream, json } from '@telamon/rest/testing'
import { createRegistry } from '@telamon/tool-registry'
import { callTool } from '@telamon/tool-registry/testing'
import { expect, test } from 'vitest'

import { confluenceToolset } from '../src/index.ts'

const lines: unknown[] = []
const print = (value: unknown): void => {
  lines.push(value)
}

test('a tool is found by its name and called', async () => {
  const cloudId = 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59'
  const document = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Shipped' }] }],
  }
  const { fetch } = createUpstream(
    json({
      id: '98400',
      title: 'News',
      version: { number: 3 },
      body: { atlas_doc_format: { value: JSON.stringify(document) } },
    }),
  )
  const auth = oauth({ cloudId, token: async () => 'token' })
  const options = { fetch }
  // #region call
  const registry = createRegistry([confluenceToolset])
  const { tool } = registry.resolve('getConfluenceContent') ?? {}
  const confluence = createConfluence({ auth, ...options })
  const site = { cloudId, name: 'acme', url: 'https://acme.atlassian.net' }
  if (tool) {
    const { text } = await callTool(tool, { contentId: '98400' }, { services: { confluence, site } })
    print(text)
  }
  // #endregion
  expect(lines.join('')).toContain('page 98400 "News", version 3')
  expect(lines.join('')).toContain('Shipped')
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) => body.replaceAll(/^ {2}/gm, '').replace(', ...options', ''))
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})

test('the README names the tools that every connection lists', () => {
  const named = [...read('../README.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(named).toEqual(confluenceToolset.primary)
})
