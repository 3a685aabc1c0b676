import { expect, it } from 'vitest'

import { playSequence } from './fuzz/sequence.ts'

it('no sequence of commands breaks an invariant; npm run fuzz:oauth plays a hundred thousand more', async () => {
  for (let seed = 1; seed <= 40; seed += 1)
    expect({ seed, ...(await playSequence(seed, 25)) }).not.toHaveProperty('broken')
})
