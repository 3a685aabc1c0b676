import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { connect } from './support/person.ts'
import { createWorld } from './support/world.ts'
import type { World } from './support/world.ts'

/** Everything that lies in the folder of the server, as text. */
const stored = ({ folder }: World): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'keys')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

it('T50 T51 no secret that was minted is in the log, in an answer to somebody else, or in the store', async () => {
  const world = await createWorld()
  const people = [await connect(world, 'maya'), await connect(world, 'jonas')]
  const answers: string[] = []
  const take = async (response: Response): Promise<string> => {
    const text = `${JSON.stringify([...response.headers])} ${await response.text()}`
    answers.push(text)
    return text
  }
  const secrets = new Map<string, string>()
  for (const [index, someone] of people.entries()) {
    for (const [what, secret] of someone.secrets) secrets.set(`${what} of person ${index}`, secret)
    answers.push(
      (await someone.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-7' })).text,
    )
    answers.push(
      (await someone.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey: 'NO-1' })).text,
    )
    // The answer of a refresh holds new tokens, and is for nobody but its client.
    const refreshed: unknown = await (await someone.refresh()).json()
    for (const [name, value] of Object.entries(Object(refreshed)))
      if (name.endsWith('_token')) secrets.set(`new ${name} of person ${index}`, String(value))
  }

  // What goes wrong must not talk either: replays, forgeries, tokens where they do not belong, an upstream that fails.
  const [maya] = people
  const token = maya?.accessToken ?? ''
  await take(await world.send(new Request(`${world.origin}/mcp?access_token=${token}`, { method: 'POST' })))
  await take(await world.send(new Request(`${world.origin}/authorize?client_id=${token}&state=${token}`)))
  await take(await world.send(new Request(`${world.origin}/callback?state=${token}&code=${token}`)))
  for (const grantType of ['authorization_code', 'refresh_token', 'password'])
    for (const path of ['/token', '/revoke', '/introspect', '/register'])
      await take(
        await world.send(
          new Request(`${world.origin}${path}`, {
            method: 'POST',
            headers: { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
            body: new URLSearchParams({ grant_type: grantType, code: token, refresh_token: token, token }),
          }),
        ),
      )
  world.simulator.faults.add({ fault: { kind: 'error', status: 500 } })
  answers.push(
    (await maya?.call('getJiraIssue', { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-8' }))?.text ?? '',
  )
  world.simulator.faults.clear()
  await world.sweep()

  for (const { authorization, body } of world.upstream) {
    if (authorization.startsWith('Bearer '))
      secrets.set(`upstream ${authorization.slice(7, 20)}`, authorization.slice(7))
    const refreshToken = new URLSearchParams(body).get('refresh_token')
    if (refreshToken !== null) secrets.set(`upstream ${refreshToken.slice(0, 10)}`, refreshToken)
  }
  expect(secrets.size).toBeGreaterThan(20)
  const places = { log: world.log(), answers: answers.join('\n'), store: stored(world) }
  expect(places.log.length).toBeGreaterThan(1000)
  expect(places.store.length).toBeGreaterThan(10_000)
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => `${what} in ${place}`),
  )
  expect(found).toEqual([])
})
