import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { properties } from './properties.ts'

/** Enough to notice a mistake, few enough to be run at every change. A long run takes other numbers. */
const run = { numRuns: 250, seed: 20_261_123 }

it.each(Object.entries(properties))('%s', (_name, property) => {
  const outcome = fc.check(property, run)
  expect(outcome.failed ? fc.defaultReportMessage(outcome) : 'holds').toBe('holds')
})
