import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { createSimulator } from './answers.ts'
import { askToken, type Json, morning, stage, tokensOf, words } from './support.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary: 'Kept' }

test('the world is there again after a restart, tokens included', async () => {
  const data = folder()
  const first = stage({ data })
  const tokens = await tokensOf(first, 'maya')
  await first.jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })
  await first.simulator.close()
  const second = stage({ data, now: () => morning + 60_000 })
  const { body } = await second.jira('maya')('/rest/api/3/issue/ALPHA-35?fields=summary')
  expect(body.fields.summary).toBe('Kept')
  const refreshed = await askToken(second, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
  })
  expect(refreshed.status).toBe(200)
})

test('a write is on the disk before its answer leaves', async () => {
  const data = folder()
  await stage({ data }).jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })
  expect((await stage({ data }).jira('maya')('/rest/api/3/issue/ALPHA-35')).status).toBe(200)
  expect(readdirSync(data)).toEqual(['journal-1.jsonl', 'world.json'])
})

test('a rotation is on the disk before its answer leaves', async () => {
  const data = folder()
  const first = stage({ data })
  const { refresh_token } = await tokensOf(first, 'maya')
  const child = await askToken(first, { grant_type: 'refresh_token', refresh_token })
  const again = await askToken(stage({ data }), {
    grant_type: 'refresh_token',
    refresh_token: child.body.refresh_token,
  })
  expect(again.status).toBe(200)
})

test('many writes at once are all kept', async () => {
  const data = folder()
  const ask = stage({ data }).jira('maya')
  await Promise.all(
    Array.from({ length: 8 }, () => ask('/rest/api/3/issue', { method: 'POST', body: { fields } })),
  )
  const again = stage({ data }).jira('maya')
  expect((await again('/rest/api/3/issue/ALPHA-42')).status).toBe(200)
})

test('no id is given out twice over a restart', async () => {
  const data = folder()
  const make = async (): Promise<string> =>
    (await stage({ data }).jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })).body.key
  expect(await make()).toBe('ALPHA-35')
  expect(await make()).toBe('ALPHA-36')
})

test('a snapshot that cannot be read is left alone, with a sentence that says what to do', () => {
  const data = folder()
  writeFileSync(join(data, 'world.json'), '{"format":99}')
  expect(() => createSimulator({ data })).toThrow(/cannot read .*world\.json.*Move the file away/)
  writeFileSync(join(data, 'world.json'), '{"torn')
  expect(() => createSimulator({ data })).toThrow(/Move the file away/)
})

test('a folder that cannot be used is named, with what to do', () => {
  const data = join(folder(), 'file')
  writeFileSync(data, '')
  expect(() => createSimulator({ data })).toThrow(/cannot read .*name another folder/)
})

test('what looks like a mark of the snapshot is data all the same', async () => {
  const data = folder()
  const object = {
    url: 'https://example.org/',
    title: 'x',
    $map: [['a', 1]],
    nested: { $set: [1], $object: {} },
  }
  const path = '/rest/api/3/issue/ALPHA-1/remotelink'
  await stage({ data }).jira('maya')(path, { method: 'POST', body: { globalId: 'g', object } })
  const { body } = await stage({ data }).jira('maya')(path)
  expect(body[0].object).toEqual(object)
})

test('a reset brings the story back, and ends tokens, faults and the log', async () => {
  const { simulator, jira } = stage()
  const ask = jira('maya')
  await ask('/rest/api/3/issue/ALPHA-1/comment', { method: 'POST', body: { body: words('Gone soon') } })
  simulator.faults.add({ fault: { kind: 'conflict' } })
  simulator.switches.jqlUnknown = 'error'
  await simulator.reset()
  expect(simulator.log.entries()).toEqual([])
  expect(simulator.faults.list()).toEqual([])
  expect(simulator.switches.jqlUnknown).toBe('empty')
  expect((await ask('/rest/api/3/issue/ALPHA-1')).status).toBe(401)
  expect((await jira('maya')('/rest/api/3/issue/ALPHA-1/comment')).body.total).toBe(0)
})

const sameRequests = async (): Promise<readonly string[]> => {
  const at = stage()
  const { access_token } = await tokensOf(at, 'maya')
  const made = await at.jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })
  const read = await at.jira('maya')('/rest/api/3/issue/ALPHA-35')
  return [access_token, made.text, read.text, read.headers.get('atl-traceid') ?? '']
}

test('the same requests give the same bytes in every run', async () => {
  expect(await sameRequests()).toEqual(await sameRequests())
})

const ownChance = async (): Promise<string> =>
  (await tokensOf(stage({ random: (array) => crypto.getRandomValues(array) }), 'maya')).access_token

test('with chance from outside, tokens cannot be foretold', async () => {
  expect(await ownChance()).not.toBe(await ownChance())
})

test('the clock can be stopped, moved and let go', () => {
  let time = 1000
  const { simulator } = stage({ seed: 'empty', now: () => time })
  const { clock } = simulator
  time += 5
  expect(clock.now()).toBe(1005)
  clock.freeze()
  time += 100
  expect(clock.now()).toBe(1005)
  clock.advance(10)
  expect(clock.now()).toBe(1015)
  clock.resume()
  time += 1
  expect(clock.now()).toBe(1016)
  clock.set(5000)
  time += 1
  expect(clock.now()).toBe(5001)
})

test('an empty world has the app and nobody in it', () => {
  const { simulator } = stage({ seed: 'empty' })
  expect(simulator.people).toEqual([])
  expect(simulator.world.sites.size).toBe(0)
  expect(() => simulator.tokenFor('maya')).toThrow("Nobody here is called 'maya'")
})

test('a token is only minted for a person and a site that are there', () => {
  const { simulator } = stage()
  expect(() => simulator.tokenFor('nobody')).toThrow('There are maya, jonas, priya, grace, sam, elin.')
  expect(() => simulator.tokenFor('sam', { site: 'lakeside-demo' })).toThrow(
    "cannot enter the site 'lakeside-demo'",
  )
})

test('the log tells who did what, where, and whether it was written', async () => {
  const { simulator, jira } = stage()
  await jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })
  await jira('priya')('/rest/api/3/issue/HIRE-1')
  const [write, read] = simulator.log.entries()
  expect(write).toMatchObject({
    number: 1,
    method: 'POST',
    operation: 'createIssue',
    person: 'maya',
    site: 'brightwater-demo',
    status: 201,
    wrote: true,
  })
  expect(read).toMatchObject({ person: 'priya', status: 404, wrote: false, at: morning })
})

const dates = async (now: number): Promise<Json> => {
  const { jira } = stage({ now: () => now })
  const { body } = await jira('maya')('/rest/api/3/issue/ALPHA-31?fields=created,duedate')
  return body.fields
}

test('the story is dated relative to the day on which it is told', async () => {
  expect(await dates(morning)).toEqual({ created: '2026-11-06T09:45:00.000+0100', duedate: '2026-12-21' })
  const later = Date.parse('2027-06-06T22:00:00Z')
  expect(await dates(later)).toEqual({ created: '2027-05-20T09:45:00.000+0200', duedate: '2027-07-02' })
})

test('nothing in the story happens in the future', () => {
  for (const now of [morning, Date.parse('2027-01-02T03:00:00Z'), Date.parse('2028-02-29T23:59:00Z')]) {
    const { simulator } = stage({ now: () => now })
    const moments: number[] = []
    for (const { jira, confluence } of simulator.world.sites.values()) {
      for (const { updated, history } of jira.issues.values()) {
        moments.push(updated, ...history.map(({ created }) => created))
      }
      for (const { versions } of confluence.contents.values())
        moments.push(...versions.map(({ createdAt }) => createdAt))
    }
    expect(Math.max(...moments)).toBeLessThan(now)
  }
})
