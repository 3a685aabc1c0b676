import { describeAuthStore } from '@telamon/oauth/testing'
import { describeLimiterStore } from '@telamon/rate-limiter/testing'
import { describeVaultStore } from '@telamon/vault/testing'
import { beforeAll, describe } from 'vitest'

import { isAway, openPair, type Pair } from './redis.ts'

describe.skipIf(isAway)('the ports', () => {
  let shared: Pair
  beforeAll(async () => {
    shared = await openPair()
    return shared.close
  })

  describeAuthStore('Redis', () => ({ store: shared.first.auth, second: shared.other.auth }))

  describeVaultStore('Redis', async () => {
    const { first, other, close } = await openPair()
    return { store: first.vault, second: other.vault, close }
  })

  describeLimiterStore('Redis', async () => {
    const { first, other, close } = await openPair()
    return { store: first.limiter, second: other.limiter, close }
  })
})
