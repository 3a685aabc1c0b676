import { expect, it } from 'vitest'

import { properties, type Run } from './properties.ts'

/** Enough to notice a mistake, few enough to be run at every change. A long run takes other numbers. */
const run: Run = { numRuns: 250, seed: 20_261_123 }

it.each(Object.entries(properties))('%s', (_name, check) => {
  expect(() => check(run)).not.toThrow()
})
