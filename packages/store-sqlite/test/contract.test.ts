import { describeAuthStore } from '@telamon/oauth/testing'
import { describeLimiterStore } from '@telamon/rate-limiter/testing'
import { describeVaultStore } from '@telamon/vault/testing'

import { twoConnections } from './files.ts'

describeAuthStore('SQLite', () => {
  const { first, other, close } = twoConnections()
  return { store: first.auth, second: other.auth, close }
})

describeVaultStore('SQLite', () => {
  const { first, other, close } = twoConnections()
  return { store: first.vault, second: other.vault, close }
})

describeLimiterStore('SQLite', () => {
  const { first, other, close } = twoConnections()
  return { store: first.limiter, second: other.limiter, close }
})
