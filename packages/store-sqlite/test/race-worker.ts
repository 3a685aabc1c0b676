/**
 * One of several processes on one file. Waits for a line on standard input, then tries to win every grant of a list,
 * and prints which it won.
 *
 * Usage: node race-worker.ts PATH NAME COUNT
 */
import { once } from 'node:events'
import { writeSync } from 'node:fs'

import { createSqliteStore } from '../src/index.ts'

const [path = '', name = '', count = '0'] = process.argv.slice(2)
const store = createSqliteStore({ path })
writeSync(1, 'ready\n')
await once(process.stdin, 'data')

const won: string[] = []
for (let index = 0; index < Number(count); index += 1) {
  const grantId = `g${index}`
  await store.vault.putVault({
    grantId,
    blob: 'sealed',
    kid: 'k1',
    accessExpiresAt: 1,
    absoluteExpiresAt: 2,
    createdAt: 0,
  })
  const fence = { grantId, generation: 1, owner: name }
  if ((await store.vault.claimRefresh({ ...fence, now: 0, until: 30_000 })) === undefined) continue
  if (await store.vault.commitRefresh({ ...fence, blob: name, kid: 'k1', accessExpiresAt: 3 }))
    won.push(grantId)
}
writeSync(1, `${won.join(' ')}\n`)
store.close()
process.exit(0)
