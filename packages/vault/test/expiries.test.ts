import { expect, it } from 'vitest'

import { createSignedInWorld, hour, refreshesSeen } from './world.ts'

it('refreshes once an expiry, for fifty calls at once over two instances, a hundred times in a row', async () => {
  const world = await createSignedInWorld()
  const other = world.instance()
  const seen = new Set<string>()
  for (let expiry = 1; expiry <= 100; expiry += 1) {
    world.clock.turn(hour)
    const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? world.vault : other).token('g1'))
    await Promise.race(calls)
    world.clock.turn(250)
    for (const token of await Promise.all(calls)) seen.add(token)
    expect([seen.size, refreshesSeen(world)]).toEqual([expiry, expiry])
  }
  expect(world.upstream.statistics()).toEqual({ refreshes: 100, reuses: 0, deadFamilies: 0 })
})
