import { readFileSync } from 'node:fs'

import { createJira } from '@telamon/jira'
import { oauth } from '@telamon/rest'
import { createUpstream, json } from '@telamon/rest/testing'
import { createRegistry } from '@telamon/tool-registry'
import { callTool } from '@telamon/tool-registry/testing'
import { expect, test } from 'vitest'

import { jiraToolset } from '../src/index.ts'

const lines: unknown[] = []
const print = (value: unknown): void => {
  lines.push(value)
}

test('a tool is found by its name and called', async () => {
  const cloudId = 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59'
  const { fetch } = createUpstream(
    json({
      issues: [{ id: '1', key: 'A-1', fields: { summary: 'Shipped', status: { name: 'Done' } } }],
      isLast: true,
    }),
  )
  const auth = oauth({ cloudId, token: async () => 'token' })
  const options = { fetch }
  // #region call
  const registry = createRegistry([jiraToolset])
  const { tool } = registry.resolve('searchJiraIssuesUsingJql') ?? {}
  const jira = createJira({ auth, ...options })
  const site = { cloudId, name: 'acme', url: 'https://acme.atlassian.net' }
  if (tool) {
    const { text } = await callTool(tool, { jql: 'status = Done' }, { services: { jira, site } })
    print(text)
  }
  // #endregion
  expect(lines.join('')).toContain('A-1 Shipped (Done, unassigned)')
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
  expect(named).toEqual(jiraToolset.primary)
})
