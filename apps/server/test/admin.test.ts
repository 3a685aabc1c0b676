import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { pino } from 'pino'
import { expect, it } from 'vitest'

import { administer } from '../src/admin.ts'
import type { AdminCommand } from '../src/admin.ts'
import { readSettings } from '../src/settings.ts'
import { connect } from './support/person.ts'
import { createWorld } from './support/world.ts'
import type { World } from './support/world.ts'

const quiet = pino({ level: 'silent' })

const ask = (world: World, command: AdminCommand, more: Readonly<Record<string, string>> = {}) =>
  administer(command, readSettings({ ...world.settings, ...more }), quiet)

it('rotates the root keys, moves everything to the newest, retires the oldest, and signs nobody out', async () => {
  const world = await createWorld()
  const maya = await connect(world, 'maya')
  expect(await ask(world, { run: 'keys' })).toBe('k1: writes; needed by refresh tokens and connections')
  await expect(ask(world, { run: 'keys-retire', kid: 'k1' })).rejects.toThrow('k1 is the newest key')

  expect(await ask(world, { run: 'keys-rotate' })).toContain('k2 stands in front of k1')
  await world.restart()
  await expect(ask(world, { run: 'keys-retire', kid: 'k1' })).rejects.toThrow('needed by refresh tokens')
  expect(await ask(world, { run: 'keys-rekey' })).toContain('1 connections were sealed with the newest key')
  expect(await ask(world, { run: 'keys' })).toBe(
    'k2: writes; needed by connections\nk1: needed by refresh tokens',
  )
  expect((await maya.refresh()).status).toBe(200)
  expect(await ask(world, { run: 'keys-retire', kid: 'k1' })).toContain('k1 was removed')
  await world.restart()
  expect(await ask(world, { run: 'keys' })).toBe('k2: writes; needed by refresh tokens and connections')
  expect((await maya.call('atlassianUserInfo', {})).text).toContain('Maya')
})

it('leaves keys of the environment to who sets it', async () => {
  const world = await createWorld()
  await connect(world, 'maya')
  const file = readFileSync(join(world.folder, 'keys'), 'utf8')
  const fresh = `k2:${Buffer.alloc(32, 2).toString('base64url')}`
  const TELAMON_KEYS = `${fresh},${file}`
  await expect(ask(world, { run: 'keys-rotate' }, { TELAMON_KEYS })).rejects.toThrow('k3:SECRET')
  await expect(ask(world, { run: 'keys-retire', kid: 'k9' }, { TELAMON_KEYS })).rejects.toThrow(
    'There is no key k9',
  )
  expect(await ask(world, { run: 'keys' }, { TELAMON_KEYS: fresh })).toContain('k1: MISSING')
})

it('forgets a person whole: connections, tokens, and the record that they were there', async () => {
  const world = await createWorld()
  const [maya, jonas] = [await connect(world, 'maya'), await connect(world, 'jonas')]
  const person = world.simulator.people.find(({ id }) => id === 'maya')
  if (person === undefined) throw new Error('Maya lives in the demo')
  expect(await ask(world, { run: 'forget', person: person.accountId })).toContain('1 connections')
  expect((await maya.refresh()).status).toBe(400)
  expect((await jonas.refresh()).status).toBe(200)
  await world.restart()
  const file = readFileSync(join(world.folder, 'telamon.sqlite'), 'latin1')
  expect(file).toContain('Jonas')
  expect(await ask(world, { run: 'forget', person: person.accountId })).toContain('0 connections')
})

it('says which scopes the OAuth app needs, within what Atlassian allows, and what is then out of reach', async () => {
  const world = await createWorld()
  const said = await ask(world, { run: 'scopes' })
  expect(said).toMatch(/^Give the OAuth app these \d\d scopes; Atlassian lets it have 49:\n {2}/)
  for (const scope of ['read:jira-work', 'write:jira-work', 'read:me', 'offline_access'])
    expect(said).toContain(`\n  ${scope}\n`)
  expect(said).toMatch(/\d+ of Atlassian's operations are out of reach:\n {2}\w+/)
  const reading = await ask(world, { run: 'scopes' }, { TELAMON_READONLY: 'on' })
  expect(reading).not.toContain('  write:jira-work\n')
})
