import { listingOf, problemsOf } from '@telamon/tool-registry/testing'
import { expect, it } from 'vitest'

import { platformToolset } from '../src/index.ts'

it('keeps to the rules of every toolset', () => {
  expect(problemsOf(platformToolset)).toEqual([])
})

it.each(platformToolset.tools.map((tool) => [tool.name, tool] as const))(
  '%s looks to clients as before',
  async (name, tool) => {
    await expect(JSON.stringify(listingOf(tool), undefined, 2)).toMatchFileSnapshot(`snapshots/${name}.json`)
  },
)
