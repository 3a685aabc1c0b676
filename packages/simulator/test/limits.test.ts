import { expect, test } from 'vitest'

import { lakeside, stage, words } from './support.ts'

const issue = '/rest/api/3/issue/ALPHA-13'

test('answers announce the recorded burst limits and count down', async () => {
  const ask = stage().onSite('maya')
  const limits = async (path: string, asked = {}): Promise<readonly (string | null)[]> => {
    const { headers } = await ask(path, asked)
    return [headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]
  }
  expect(await limits('/rest/api/3/serverInfo')).toEqual(['350', '349'])
  expect(await limits(issue)).toEqual(['400', '399'])
  expect(await limits(issue)).toEqual(['400', '398'])
  const body = { fields: { labels: ['a'] } }
  expect(await limits(issue, { method: 'PUT', body })).toEqual(['300', '299'])
  expect(await limits('/rest/api/3/field')).toEqual(['100', '99'])
})

test('without enforcement nobody is refused', async () => {
  const ask = stage({ limits: { scale: 0.01 } }).onSite('maya')
  for (let count = 0; count < 10; count += 1) expect((await ask('/rest/api/3/field')).status).toBe(200)
})

test('a burst is refused with what a client needs to wait, and is over after a second', async () => {
  const { onSite, simulator } = stage({ limits: { enforce: true, scale: 0.02 } })
  simulator.clock.freeze()
  const ask = onSite('maya')
  expect((await ask('/rest/api/3/field')).status).toBe(200)
  expect((await ask('/rest/api/3/field')).status).toBe(200)
  const refused = await ask('/rest/api/3/field')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.headers.get('ratelimit-reason')).toBe('jira-burst-based')
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(refused.headers.get('x-ratelimit-reset')).toBe('2026-11-23T09:00:01Z')
  expect((await ask('/rest/api/3/status')).status).toBe(200)
  simulator.clock.advance(1000)
  expect((await ask('/rest/api/3/field')).status).toBe(200)
})

test('the twenty-first write to one issue within two seconds is refused, and nothing is written', async () => {
  const { jira, simulator } = stage({ limits: { enforce: true } })
  simulator.clock.freeze()
  const ask = jira('maya')
  const write = (label: string): Promise<{ status: number; headers: Headers }> =>
    ask(issue, { method: 'PUT', body: { fields: { labels: [label] } } })
  for (let count = 0; count < 20; count += 1) expect((await write(`l${count}`)).status).toBe(204)
  const refused = await write('too-much')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write')
  expect((await ask(`${issue}?fields=labels`)).body.fields.labels).toEqual(['l19'])
  simulator.clock.advance(2000)
  expect((await write('later')).status).toBe(204)
})

test('an app spends points, and is shut out until the hour is over', async () => {
  const { jira, onSite, simulator } = stage({ limits: { enforce: true, pointsPerHour: 5 } })
  simulator.clock.freeze()
  const ask = jira('maya')
  const first = await ask('/rest/api/3/field')
  expect(first.headers.get('ratelimit-policy')).toBe('"global-app-quota";q=5;w=3600')
  expect(first.headers.get('ratelimit')).toBe('"global-app-quota";t=3600')
  const refused = await ask('/rest/api/3/field')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('3600')
  expect(refused.headers.get('ratelimit-reason')).toBe('jira-quota-global-based')
  expect((await onSite('maya')('/rest/api/3/field')).status).toBe(200)
  simulator.clock.advance(3_600_000)
  expect((await jira('maya')('/rest/api/3/serverInfo')).status).toBe(200)
})

test('while points are not enforced, their headers say so by their names', async () => {
  const { headers } = await stage().jira('maya')('/rest/api/3/field')
  expect(headers.get('beta-ratelimit-policy')).toBe('"global-app-quota";q=65000;w=3600')
  expect(headers.get('ratelimit-policy')).toBeNull()
})

test('an issue is one issue to its limit, by its key and by its id', async () => {
  const { jira, simulator } = stage({ limits: { enforce: true } })
  simulator.clock.freeze()
  const ask = jira('maya')
  const { body } = await ask(`${issue}?fields=id`)
  const edit = { method: 'PUT', body: { fields: { labels: ['a'] } } }
  for (let count = 0; count < 10; count += 1) {
    await ask(issue, edit)
    await ask(`/rest/api/3/issue/${body.id}`, edit)
  }
  expect((await ask(issue.toLowerCase().replace('/alpha', '/ALPHA'), edit)).status).toBe(429)
})

test('a hundred writes to one issue in thirty seconds are enough', async () => {
  const { jira, simulator } = stage({ limits: { enforce: true } })
  simulator.clock.freeze()
  const ask = jira('maya')
  for (let count = 0; count < 100; count += 1) {
    expect((await ask(issue, { method: 'PUT', body: { fields: { labels: [`l${count}`] } } })).status).toBe(
      204,
    )
    simulator.clock.advance(250)
  }
  const refused = await ask(issue, { method: 'PUT', body: { fields: { labels: ['more'] } } })
  expect(refused.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write')
  expect(refused.headers.get('retry-after')).toBe('5')
})

test('a reviewed app has points for each site, by its edition and its people', async () => {
  const { jira, simulator, send } = stage({ limits: { enforce: true, edition: 'standard' } })
  simulator.clock.freeze()
  const { headers } = await jira('maya')('/rest/api/3/field')
  expect(headers.get('ratelimit-policy')).toMatch(/^"tenant-app-quota";q=1000\d0;w=3600$/)
  const small = stage({ limits: { enforce: true, edition: 'free', pointsPerHour: 5 } })
  const ask = small.jira('maya')
  await ask('/rest/api/3/field')
  const refused = await ask('/rest/api/3/field')
  expect([refused.status, refused.headers.get('ratelimit-reason')]).toEqual([429, 'jira-quota-tenant-based'])
  const authorization = `Bearer ${small.simulator.tokenFor('maya', { site: 'lakeside-demo' })}`
  const elsewhere = `https://api.atlassian.com/ex/jira/${lakeside}/rest/api/3/serverInfo`
  expect((await small.send(elsewhere, { headers: { authorization } })).status).toBe(200)
  expect((await send(elsewhere)).status).toBe(401)
})

test('a burst in Confluence is refused in its own form, without a reason', async () => {
  const { wiki, simulator } = stage({ limits: { enforce: true, scale: 0.01 } })
  simulator.clock.freeze()
  const ask = wiki('maya')
  expect((await ask('/wiki/api/v2/spaces')).status).toBe(200)
  const refused = await ask('/wiki/api/v2/spaces')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('ratelimit-reason')).toBeNull()
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.body).toEqual({ errors: [expect.objectContaining({ status: 429 })] })
})

test.each([
  {
    what: 'a page of search results, by a POST too',
    path: '/rest/api/3/search/jql',
    body: { jql: 'project = ALPHA', maxResults: 10 },
    points: 11,
  },
  { what: 'a write', path: '/rest/api/3/issue/ALPHA-13/comment', body: { body: words('Hello') }, points: 1 },
  { what: 'one issue', path: '/rest/api/3/issue/ALPHA-13', points: 2 },
  { what: 'a person', path: '/rest/api/3/myself', points: 3 },
])('$what costs what is documented or was seen', async ({ path, body, points }) => {
  const { jira, simulator } = stage()
  await jira('maya')(path, body ? { method: 'POST', body } : {})
  expect(simulator.limits.points()).toEqual([expect.objectContaining({ spent: points })])
})
