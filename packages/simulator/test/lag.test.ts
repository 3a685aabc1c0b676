import { expect, test } from 'vitest'

import { type Ask, type Stage, stage, words } from './support.ts'

/** A stage whose searches hear of a write a second later, give or take nothing. */
function late(): Stage {
  const at = stage()
  at.simulator.clock.freeze()
  at.simulator.switches.indexLag = { median: 1000, p99: 1000 }
  return at
}

const keys = async (ask: Ask, jql: string, more: Record<string, string> = {}): Promise<readonly string[]> => {
  const { body } = await ask('/rest/api/3/search/jql', { query: { jql, fields: 'key', ...more } })
  return body.issues.map(({ key }: { key: string }) => key)
}

const create = async (ask: Ask, summary: string): Promise<{ id: string; key: string }> => {
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary }
  return (await ask('/rest/api/3/issue', { method: 'POST', body: { fields } })).body
}

test('a search hears of a new issue later, and a read by key at once', async () => {
  const { jira, simulator } = late()
  const ask = jira('maya')
  const { key } = await create(ask, 'Polish the zephyr')
  expect((await ask(`/rest/api/3/issue/${key}`)).status).toBe(200)
  expect(await keys(ask, 'summary ~ zephyr')).toEqual([])
  simulator.clock.advance(1000)
  expect(await keys(ask, 'summary ~ zephyr')).toEqual([key])
})

test('an edited issue is found by what it was, until the search has heard of the edit', async () => {
  const { jira, simulator } = late()
  const ask = jira('maya')
  const { key } = await create(ask, 'Polish the zephyr')
  simulator.clock.advance(1000)
  await ask(`/rest/api/3/issue/${key}`, {
    method: 'PUT',
    body: { fields: { summary: 'Polish the mistral' } },
  })
  expect(await keys(ask, 'summary ~ zephyr')).toEqual([key])
  expect(await keys(ask, 'summary ~ mistral')).toEqual([])
  simulator.clock.advance(1000)
  expect(await keys(ask, 'summary ~ zephyr')).toEqual([])
  expect(await keys(ask, 'summary ~ mistral')).toEqual([key])
})

test('a search is up to date with the issues it is asked to reconcile', async () => {
  const { jira } = late()
  const ask = jira('maya')
  const { id, key } = await create(ask, 'Polish the zephyr')
  await create(ask, 'Paint the zephyr')
  expect(await keys(ask, 'summary ~ zephyr', { reconcileIssues: id })).toEqual([key])
})

test('what was deleted is not shown, whether or not the search has heard of it', async () => {
  const { jira, simulator } = late()
  const ask = jira('maya')
  const { key } = await create(ask, 'Polish the zephyr')
  simulator.clock.advance(1000)
  await ask(`/rest/api/3/issue/${key}`, { method: 'DELETE' })
  expect(await keys(ask, 'summary ~ zephyr')).toEqual([])
})

test('with two copies of the index an issue that was found once can be gone the next time', async () => {
  const { jira, simulator } = stage()
  simulator.clock.freeze()
  simulator.switches.indexLag = { median: 1000, p99: 9000 }
  const ask = jira('maya')
  await create(ask, 'Polish the zephyr')
  const seen: number[] = []
  for (let step = 0; step < 60; step += 1) {
    simulator.clock.advance(100)
    seen.push((await keys(ask, 'summary ~ zephyr')).length)
  }
  expect(seen).toContain(0)
  expect(seen.at(-1)).toBe(1)
  expect(seen.slice(seen.indexOf(1))).toContain(0)
})

test('searches in Confluence are late too', async () => {
  const { wiki, simulator } = late()
  const ask = wiki('maya')
  const titles = async (): Promise<readonly string[]> => {
    const { body } = await ask('/wiki/rest/api/search', { query: { cql: 'title ~ zephyr' } })
    return body.results.map(({ title }: { title: string }) => title)
  }
  const spaces = await ask('/wiki/api/v2/spaces')
  const spaceId = spaces.body.results.find(({ key }: { key: string }) => key === 'PROD')?.id
  const body = { representation: 'atlas_doc_format', value: JSON.stringify(words('Wind.')) }
  const made = await ask('/wiki/api/v2/pages', {
    method: 'POST',
    body: { spaceId, title: 'The zephyr', body },
  })
  expect(made.status).toBe(200)
  expect(await titles()).toEqual([])
  simulator.clock.advance(1000)
  expect(await titles()).toEqual(['The zephyr'])
})
