import { describeAuthStore } from '@telamon/oauth/testing'
import { describeLimiterStore } from '@telamon/rate-limiter/testing'
import { describeVaultStore } from '@telamon/vault/testing'
import { beforeAll, describe } from 'vitest'

import { isAway, openPair, type Pair } from './postgres.ts'

describe.skipIf(isAway)('the ports', () => {
  let shared: Pair
  beforeAll(async () => {
    shared = await openPair()
    return shared.close
  })

  describeAuthStore('PostgreSQL', () => ({ store: shared.first.auth, second: shared.other.auth }))

  describeVaultStore('PostgreSQL', () => ({
    store: shared.first.vault,
    second: shared.other.vault,
    close: () => shared.empty('vault'),
  }))

  describeLimiterStore('PostgreSQL', () => ({
    store: shared.first.limiter,
    second: shared.other.limiter,
    close: () => shared.empty('gate'),
  }))
})
