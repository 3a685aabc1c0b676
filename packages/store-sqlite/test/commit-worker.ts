/**
 * Refreshes one grant for ever, and says of each commit that it was answered. To be killed.
 *
 * Usage: node commit-worker.ts PATH
 */
import { writeSync } from 'node:fs'

import { createSqliteStore } from '../src/index.ts'

const [path = ''] = process.argv.slice(2)
const { vault } = createSqliteStore({ path })
const row = { grantId: 'g', blob: '1', kid: 'k', accessExpiresAt: 1, absoluteExpiresAt: 2, createdAt: 0 }
await vault.putVault(row)

for (let generation = (await vault.getVault('g'))?.generation ?? 1; ; generation += 1) {
  const fence = { grantId: 'g', generation, owner: `${process.pid}` }
  await vault.claimRefresh({ ...fence, now: 1, until: 0 })
  const next = { blob: `${generation + 1}`, kid: 'k', accessExpiresAt: generation }
  if (!(await vault.commitRefresh({ ...fence, ...next }))) throw new Error('Nobody else is here')
  writeSync(1, `${generation + 1}\n`)
}
