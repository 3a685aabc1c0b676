import { expect, it } from 'vitest'

import { createBench, resource } from './bench/bench.ts'
import { connect, register } from './bench/flow.ts'
import { grace } from './bench/upstream.ts'

it('a person who is forgotten leaves nothing behind: no grant, no connection, no tombstone', async () => {
  const bench = createBench()
  const client = await register(bench)
  const ended = await connect(bench, client)
  const [first] = await bench.server.grants.list('person-ada')
  await bench.server.grants.revoke(first?.grantId ?? '', 'person')
  const live = await connect(bench, client)
  const [second] = await bench.server.grants.list('person-ada')
  bench.upstream.become({ ...grace, choices: grace.choices.slice(0, 1) })
  const other = await connect(bench, client)

  expect(await bench.server.grants.forgetPerson('person-ada')).toBe(1)
  await bench.server.sweep()
  for (const id of [first?.grantId, second?.grantId])
    expect(await bench.store.getGrant(id ?? '')).toBeUndefined()
  for (const { access_token: token } of [ended, live])
    expect((await bench.server.verify(token, resource)).ok).toBe(false)
  expect((await bench.server.verify(other.access_token, resource)).ok).toBe(true)
  expect([...bench.upstream.kept.values()].map(({ subject }) => subject)).toEqual(['person-grace'])
  expect(await bench.server.grants.forgetPerson('person-ada')).toBe(0)
})
