import type { Simulator, World } from '@telamon/simulator'

import { textsOf } from './document-texts.ts'

/** Words that a person must not come to see, and what they are of. */
export interface Marker {
  readonly text: string
  readonly of: string
}

/** What a person sees of a site. */
export interface Sight {
  readonly issueKeys: ReadonlySet<string>
  /** Comments of issues; some are for a role or a group alone. */
  readonly commentIds: ReadonlySet<string>
  readonly spaceIds: ReadonlySet<string>
  readonly pageIds: ReadonlySet<string>
}

type Site = World['sites'] extends Map<string, infer Value> ? Value : never
type Resident = Simulator['people'][number]

/** Words that are in the world, and for each where. */
interface Trace {
  readonly visible: boolean
  readonly of: string
  readonly texts: readonly string[]
  /** Documents, in which addresses stand too. */
  readonly documents?: readonly unknown[]
}

/** Shorter runs of text are words that could stand anywhere. */
const SHORTEST = 12

/**
 * Everything in a world that a person may not see, as words to look for: keys, titles, every longer run of text,
 * other people's secrets. Words that also stand in something the person may see are left out.
 *
 * @param sights what the person sees, by the name of the site; a site that is missing cannot be entered.
 */
export function hiddenFrom(
  person: Resident,
  { world, people }: Pick<Simulator, 'world' | 'people'>,
  sights: ReadonlyMap<string, Sight>,
): readonly Marker[] {
  const traces = [...world.sites.values()].flatMap((site) => tracesOf(site, sights.get(site.name)))
  const seen = traces
    .filter(({ visible }) => visible)
    .flatMap(({ texts, documents = [] }) => texts.concat(JSON.stringify(documents)))
    .join('\n')
  const hidden = traces
    .filter(({ visible }) => !visible)
    .flatMap(({ texts, documents, of }) => texts.concat(long(documents)).map((text) => markerOf(text, of)))
  return [...hidden.filter(({ text }) => !contains(seen, text)), ...secrets(person, { world, people })]
}

const markerOf = (text: string, of: string): Marker => ({ text, of })

/** Whether words stand in a text. Keys count as words of their own; white space does not matter. */
export function contains(text: string, words: string): boolean {
  if (!isKey.test(words)) return squeeze(text).includes(squeeze(words))
  return new RegExp(String.raw`(?<![\w-])${words}(?![\w-])`).test(text)
}

const isKey = /^[A-Z][A-Z0-9]+(-\d+)?$/

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ')

function tracesOf(site: Site, sight: Sight = blind): Trace[] {
  const { name, cloudId, title } = site
  const itself = { visible: sight !== blind, of: `site ${name}`, texts: [name, title, cloudId] }
  return [itself, ...tracesOfJira(site, sight), ...tracesOfConfluence(site, sight)]
}

function tracesOfJira({ jira }: Site, { issueKeys, commentIds }: Sight): Trace[] {
  const projects = [...jira.projects.values()].map(({ key, name, description }) => ({
    visible: [...issueKeys].some((issue) => issue.startsWith(`${key}-`)),
    of: `project ${key}`,
    texts: [key, name, description],
  }))
  const issues = [...jira.issues.values()].map(({ key, summary, description }) => ({
    visible: issueKeys.has(key),
    of: key,
    texts: [key, summary],
    documents: [description],
  }))
  const comments = [...jira.issues.values()].flatMap((issue) =>
    issue.comments.map(({ id, body }) => ({
      visible: commentIds.has(id),
      of: `comment ${id} on ${issue.key}`,
      texts: [],
      documents: [body],
    })),
  )
  return [...projects, ...issues, ...comments]
}

function tracesOfConfluence({ confluence }: Site, { spaceIds, pageIds }: Sight): Trace[] {
  const spaces = [...confluence.spaces.values()].map(({ id, key, name, description }) => ({
    visible: spaceIds.has(id),
    of: `space ${key}`,
    texts: [key, name, description],
  }))
  const contents = [...confluence.contents.values()].map(({ id, type, spaceId, versions }) => ({
    visible: spaceIds.has(spaceId) && (type !== 'page' || pageIds.has(id)),
    of: `${type} ${id}`,
    texts: versions.map(({ title }) => title),
    documents: versions.map(({ body }) => parsed(body)),
  }))
  const comments = [...confluence.comments.values()].map(({ contentId, versions }) => ({
    visible: pageIds.has(contentId),
    of: `a comment on ${contentId}`,
    texts: [],
    documents: versions.map(({ body }) => parsed(body)),
  }))
  return [...spaces, ...contents, ...comments]
}

const blind: Sight = {
  issueKeys: new Set(),
  commentIds: new Set(),
  spaceIds: new Set(),
  pageIds: new Set(),
}

const long = (documents: unknown): readonly string[] =>
  textsOf(documents).filter((text) => text.trim().length >= SHORTEST)

function parsed({
  representation,
  value,
}: {
  readonly representation: string
  readonly value: string
}): unknown {
  return representation === 'atlas_doc_format' ? JSON.parse(value) : value
}

/** What nobody may see of others, wherever it stands. */
function secrets(
  person: Resident,
  { world, people }: Pick<Simulator, 'world' | 'people'>,
): readonly Marker[] {
  const addresses = [...world.people.values()]
    .filter(({ emailHidden, accountId }) => emailHidden && accountId !== person.accountId)
    .map(({ email, displayName }) => ({ text: email, of: `${displayName}, who hides it` }))
  const tokens = people.map(({ apiToken, name }) => ({ text: apiToken, of: `the API token of ${name}` }))
  return [...addresses, ...tokens, { text: 'sim_', of: 'a token that the simulator issued' }]
}
