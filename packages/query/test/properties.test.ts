import { describe, expect, it } from 'vitest'

import { allowedDifferences } from './allowed-differences.ts'
import { difference, properties } from './properties.ts'

const seed = 20_261_123

/** Enough to notice a mistake, few enough to be run at every change. A long run takes other numbers. */
const runs: Readonly<Record<string, number>> = {
  "Atlassian's own reader gives the same verdict and sees the same tree": 2000,
  'a text in a hole never changes the shape of the query': 10_000,
}

it.each(Object.entries(properties))('%s', (name, check) => {
  expect(() => check({ numRuns: runs[name] ?? 500, seed })).not.toThrow()
})

describe('a difference to the reader of Atlassian', () => {
  it.each(allowedDifferences.map(({ name, example }) => [name, example]))(
    'is allowed: %s',
    (name, example) => {
      expect(difference(example)).toEqual({ differs: true, explained: name })
    },
  )

  it.each(['a = 1', 'a = b AND', 'NOT (a = 1 OR b IN (x, EMPTY))', 'a == b'])(
    'is not there in %s',
    (text) => {
      expect(difference(text).differs).toBe(false)
    },
  )
})
