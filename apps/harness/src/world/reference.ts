import { createSimulator } from '@telamon/simulator'
import type { Simulator } from '@telamon/simulator'

import { hiddenFrom } from './hidden.ts'
import type { Marker, Sight } from './hidden.ts'
import { createSiteReader } from './site-reader.ts'

/** Somebody of the demo. */
export type Resident = Simulator['people'][number]

/** The demo's world in this process, as it is before anybody has changed it: what everybody may see, by itself. */
export interface Reference {
  /** @throws Error when nobody is called so. */
  readonly person: (id: string) => Resident
  readonly people: readonly Resident[]
  /** Everything that this person must not come to see. */
  readonly hiddenFrom: (id: string) => Promise<readonly Marker[]>
  /** Somebody who administers a site, by the site's name. */
  readonly administratorOf: (site: string) => Resident
  readonly close: () => Promise<void>
}

/** Plants the same world that the demo begins with. */
export function createReference(): Reference {
  const simulator = createSimulator({ seed: 'demo' })
  const { people, world } = simulator

  function person(id: string): Resident {
    const found = people.find((one) => one.id === id)
    if (found === undefined)
      throw new Error(`Nobody is called ${id}. There are ${people.map((one) => one.id).join(', ')}.`)
    return found
  }

  async function sightOf(who: Resident, name: string): Promise<Sight> {
    const site = [...world.sites.values()].find((one) => one.name === name)
    const products = site?.members.get(who.accountId)?.products ?? []
    const origin = `https://${name}.atlassian.net`
    const reader = createSiteReader({ origin, person: who, fetch: simulator.fetch })
    const wiki = products.includes('confluence')
    const [issues, spaces, pages] = [
      products.includes('jira') ? await reader.issues('created > "2000-01-01"') : [],
      wiki ? await reader.spaces() : [],
      wiki ? await reader.pages() : [],
    ]
    return {
      issueKeys: new Set(issues.map(({ key }) => key)),
      commentIds: new Set(issues.flatMap(({ fields }) => fields.comment.comments.map(({ id }) => id))),
      spaceIds: new Set(spaces.map(({ id }) => id)),
      pageIds: new Set(pages.map(({ id }) => id)),
    }
  }

  return {
    people,
    person,
    async hiddenFrom(id) {
      const who = person(id)
      const sights = new Map<string, Sight>()
      for (const site of who.sites) sights.set(site, await sightOf(who, site))
      return hiddenFrom(who, { world, people }, sights)
    },
    administratorOf(name) {
      const site = [...world.sites.values()].find((one) => one.name === name)
      const found = people.find(({ accountId }) => site?.members.get(accountId)?.admin)
      if (found === undefined) throw new Error(`Nobody administers ${name}.`)
      return found
    },
    close: () => simulator.close(),
  }
}
