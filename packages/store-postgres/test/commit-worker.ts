/**
 * Refreshes one grant and rotates one family for ever, and says of each pair that both were answered. To be killed.
 *
 * Usage: node commit-worker.ts URL SCHEMA
 */
import { writeSync } from 'node:fs'

import { createPostgresStore } from '../src/index.ts'
import { accessOf, rotationOf } from './given.ts'

const [url = '', schema = ''] = process.argv.slice(2)
const { auth, vault } = await createPostgresStore({ url, schema, now: () => 1 })

for (;;) {
  const generation = (await vault.getVault('g'))?.generation ?? 0
  const fence = { grantId: 'g', generation, owner: `${process.pid}` }
  await vault.claimRefresh({ ...fence, now: 1, until: 0 })
  const next = { blob: `${generation + 1}`, kid: 'k', accessExpiresAt: generation }
  if (!(await vault.commitRefresh({ ...fence, ...next }))) throw new Error('Nobody else is here')

  const family = (await auth.readFamily('g'))?.family.generation ?? 0
  const access = accessOf('g', `access ${family + 1}`)
  const rotated = await auth.rotateFamily({ ...rotationOf('g'), generation: family, access })
  if (rotated === undefined) throw new Error('Nobody else is here')
  writeSync(1, `${generation + 1} ${rotated.generation}\n`)
}
