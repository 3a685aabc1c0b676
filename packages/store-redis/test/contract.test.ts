import { describeAuthStore } from '@telamon/oauth/testing'
import { describeLimiterStore } from '@telamon/rate-limiter/testing'
import { describeVaultStore } from '@telamon/vault/testing'
import { describe } from 'vitest'

import { isAway, twoConnections } from './redis.ts'

describe.skipIf(isAway)('the ports', () => {
  describeAuthStore('Redis', async () => {
    const { first, other } = await twoConnections()
    return { store: first.auth, second: other.auth }
  })

  describeVaultStore('Redis', async () => {
    const { first, other } = await twoConnections()
    return { store: first.vault, second: other.vault }
  })

  describeLimiterStore('Redis', async () => {
    const { first, other } = await twoConnections()
    return { store: first.limiter, second: other.limiter }
  })
})
