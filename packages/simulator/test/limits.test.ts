import { expect, test } from 'vitest'

import { stage } from './support.ts'

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
