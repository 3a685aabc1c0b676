import { expect, test } from 'vitest'

import { stage } from './support.ts'

test('no operation of Confluence is open to a token without its scopes', async () => {
  const { simulator, wiki } = stage()
  const served = simulator
    .coverage()
    .rows.filter(
      ({ document, served: isServed, scopes }) => document.startsWith('confluence-') && isServed && scopes,
    )
  const ask = wiki('maya', ['read:me', 'read:jira-work'])
  const open: string[] = []
  for (const { method, path, operation } of served) {
    const { status, body } = await ask(path.replaceAll(/\{[^}]+\}/g, '1'), { method })
    if (status !== 401 || body.message !== 'Unauthorized; scope does not match') open.push(operation)
  }
  expect(open).toEqual([])
  expect(served.length).toBeGreaterThan(300)
})
