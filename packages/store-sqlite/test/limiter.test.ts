import { join } from 'node:path'

import type { Gate } from '@telamon/rate-limiter'
import { describe, expect, it } from 'vitest'

import { createSqliteStore } from '../src/index.ts'
import { temporaryFolder } from './files.ts'

const now = Date.UTC(2026, 0, 1, 12)

describe('the counters on SQLite', () => {
  it('keep fractions of a millisecond', async () => {
    await using store = createSqliteStore({ path: ':memory:' })
    const gate: Gate = { id: 'thirds', kind: 'rolling', interval: 1000 / 3, tolerance: 1000 / 3 }
    expect(await store.limiter.take([{ gate, cost: 1 }], now + 0.25)).toEqual([0])
    expect(await store.limiter.settle([{ gate, cost: 0 }], now)).toEqual([now + 0.25 + 1000 / 3])
  })

  it('are there again when the file is opened again', async () => {
    const path = join(temporaryFolder(), 'telamon.db')
    const hourly: Gate = { id: 'hour', kind: 'calendar', limit: 10, window: 3_600_000 }
    const before = createSqliteStore({ path })
    await before.limiter.take([{ gate: hourly, cost: 7 }], now)
    before.close()
    await using after = createSqliteStore({ path })
    expect(await after.limiter.settle([{ gate: hourly, cost: 0 }], now + 1)).toEqual([7])
  })
})
