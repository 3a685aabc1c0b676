import assert from 'node:assert/strict'

import { entriesIn, sitesOf } from './reading.ts'
import type { Workflow } from './workflow.ts'

/** Maya sees two sites, Sam two spaces of one, and Jonas may not enter Confluence on the second site. */
export const listSpaces: Workflow = {
  task: 'What spaces do I have access to',
  cast: ['maya', 'sam', 'jonas'],
  async run({ agent, person, seen }) {
    const sites = await sitesOf(agent)
    assert.deepEqual(sites.map(({ name }) => name).toSorted(), person.sites.toSorted(), 'the sites')
    let count = 0
    for (const { id: cloudId, name, products } of sites) {
      if (!products.includes('confluence')) continue
      const { text } = await agent.call('listConfluenceSpaces', { cloudId })
      const spaces = await seen(name).spaces()
      assert.deepEqual(
        entriesIn(text).toSorted(byKey),
        spaces.map((space) => ({ key: space.key, name: space.name })).toSorted(byKey),
        `the spaces of ${name}`,
      )
      count += spaces.length
    }
    assert.ok(count > 0, 'the world holds spaces for this person')
  },
}

const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
  one.key.localeCompare(other.key)
