import { readFileSync } from 'node:fs'

import { createRegistry } from '@telamon/tool-registry'
import { expect, test } from 'vitest'

import { platformToolset } from '../src/index.ts'

const lines: unknown[] = []
const print = (value: unknown): void => {
  lines.push(value)
}

test('the tools by their names', () => {
  // #region registry
  const registry = createRegistry([platformToolset])
  print(registry.tools.map((tool) => tool.name))
  // #endregion
  expect(lines).toEqual([
    ['getAccessibleAtlassianResources', 'atlassianUserInfo', 'getAtlassianRateLimitStatus'],
  ])
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) => body.replaceAll(/^ {2}/gm, ''))
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})
