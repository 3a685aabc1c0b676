import * as z from 'zod'

import type { Agent } from '../agents/agent.ts'

const Sites = z.object({
  sites: z.array(z.object({ id: z.string(), name: z.string(), products: z.array(z.string()) })),
})

/** A site as an agent knows it. */
export type KnownSite = z.infer<typeof Sites>['sites'][number]

/** Asks which sites there are. */
export async function sitesOf(agent: Agent): Promise<readonly KnownSite[]> {
  return Sites.parse((await agent.call('getAccessibleAtlassianResources')).data).sites
}

/** What stands between the marks around text that people wrote. */
export function fenced(text: string): string {
  return /<untrusted [^>]*>\n([\s\S]*)\n<\/untrusted>/.exec(text)?.[1] ?? ''
}

/** Issue keys at the beginning of lines. */
export function keysIn(text: string): readonly string[] {
  return [...fenced(text).matchAll(/^([A-Z][A-Z0-9]+-\d+) /gm)].map(([, key = '']) => key)
}

/** `KEY Name (kind, id 1)`, as projects and spaces are listed. */
export function entriesIn(text: string): readonly { readonly key: string; readonly name: string }[] {
  return [...fenced(text).matchAll(/^(\S+) (.+) \([^()]*\bid \d+\)$/gm)].map(([, key = '', name = '']) => ({
    key,
    name,
  }))
}

/** `- page 99264 "Title", space …, https://…`, as pages are found. */
export function pagesIn(
  text: string,
): readonly { readonly id: string; readonly title: string; readonly url: string }[] {
  return [...fenced(text).matchAll(/^- page (\d+) "(.*)", space .*, (https?:\S+)$/gm)].map(
    ([, id = '', title = '', url = '']) => ({ id, title, url }),
  )
}

/** Asks on one site after the other until one has it. */
export async function firstSite<T>(
  sites: readonly KnownSite[],
  look: (site: KnownSite) => Promise<T | undefined>,
): Promise<{ readonly site: KnownSite; readonly found: T } | undefined> {
  for (const site of sites) {
    const found = await look(site)
    if (found !== undefined) return { site, found }
  }
  return undefined
}

/** The page with exactly this title, on whichever site it is. */
export async function pageTitled(
  agent: Agent,
  title: string,
): Promise<{ readonly site: KnownSite; readonly id: string; readonly url: string }> {
  const place = await firstSite(await sitesOf(agent), async ({ id }) => {
    const { text } = await agent.call('searchConfluence', {
      cloudId: id,
      cql: `type = page AND title ~ ${JSON.stringify(title)}`,
    })
    return pagesIn(text).find((page) => page.title === title)
  })
  if (place === undefined) throw new Error(`The agent found no page called ${title}.`)
  return { site: place.site, id: place.found.id, url: place.found.url }
}
