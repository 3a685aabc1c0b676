import type { OriginBook } from '../origins.ts'
import { createConfluenceState } from '../world/confluence-model.ts'
import { createWorld } from '../world/create.ts'
import type { Group, Person, Site, World } from '../world/model.ts'
import { uuidOf } from '../world/random.ts'
import { createServiceState } from '../world/service-model.ts'
import { createSoftwareState } from '../world/software-model.ts'
import { demoApp } from './app.ts'
import { createCalendar } from './calendar.ts'
import { type CrowdOptions, growCrowd } from './crowd/crowd.ts'
import { demoStory } from './demo/story.ts'
import { createJiraState } from './jira-basics.ts'
import { plantConfluence } from './plant-confluence.ts'
import { plantJira } from './plant-jira.ts'
import type { Planting } from './planting.ts'
import type { PersonStory, SiteStory, Story } from './story.ts'

/** `demo` is a small company with two sites; `empty` has the demo's OAuth app and nothing else. */
export type SeedName = 'demo' | 'empty'

/** A story by its name, a story of one's own, or the demo with a crowd of made-up issues and pages beside it. */
export type Seed = SeedName | Story | CrowdOptions

const storyOf = (seed: Seed): Story =>
  typeof seed === 'string' ? stories[seed] : 'sites' in seed ? seed : stories.demo

const stories: Readonly<Record<SeedName, Story>> = { demo: demoStory, empty: { people: [], sites: [] } }

/** When and where a story is told. */
export interface Stage {
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly origins: OriginBook
}

/** A world from a story. The same story at the same time gives the same world, to the last id. */
export function plant(seed: Seed, { startedAt, origins }: Stage): World {
  const world = createWorld(startedAt)
  world.auth.apps.set(demoApp.clientId, { ...demoApp, redirectUris: ['loopback'] })
  const { people, sites } = storyOf(seed)
  for (const story of people) plantPerson(world, story)
  for (const story of sites) plantSite(world, { story, startedAt, origins })
  if (typeof seed !== 'string' && !('sites' in seed)) growCrowd(world, seed)
  return world
}

/** Scopes of the API tokens with scopes: reading, for both products. */
const readScopes = [
  'read:jira-work',
  'read:jira-user',
  'search:confluence',
  'read:confluence-content.all',
  'read:page:confluence',
  'read:space:confluence',
]

function plantPerson(world: World, story: PersonStory): void {
  const { handle, email, about, timeZone } = story
  // The form of newer account ids: a number, and a UUID (recorded).
  const uuid = uuidOf(`person ${handle}`)
  // Customers of service desks have another (documented).
  const accountId = story.customer ? `qm:${uuidOf('customers')}:${uuid}` : `712020:${uuid}`
  const person: Person = {
    accountId,
    handle,
    email,
    about,
    timeZone,
    displayName: story.name,
    emailHidden: story.emailHidden === true,
    accountType: story.app ? 'app' : story.customer ? 'customer' : 'atlassian',
    active: !story.inactive,
    locale: story.locale ?? 'en_GB',
    canSignIn: !story.app && !story.inactive && !story.customer,
  }
  world.people.set(accountId, person)
  if (!person.canSignIn) return
  const [token, scoped] = [`sim-api-token-${handle}`, `sim-scoped-token-${handle}`]
  world.auth.apiTokens.set(token, { token, accountId })
  world.auth.apiTokens.set(scoped, { token: scoped, accountId, scopes: readScopes })
}

function plantSite(world: World, { story, startedAt, origins }: { readonly story: SiteStory } & Stage): void {
  const person = (handle: string): Person => {
    const found = [...world.people.values()].find((one) => one.handle === handle)
    if (!found) throw new Error(`The story names '${handle}', who is not in it`)
    return found
  }
  const ids = (handles: readonly string[]): readonly string[] =>
    handles.map((handle) => person(handle).accountId)
  const groups = Object.entries(story.groups).map(([name, handles]): [string, Group] => {
    const id = uuidOf(`group ${story.name} ${name}`)
    return [id, { id, name, members: new Set(ids(handles)) }]
  })
  const site: Site = {
    cloudId: story.cloudId,
    name: story.name,
    title: story.title,
    timeZone: story.timeZone,
    members: new Map(
      Object.entries(story.members).map(([handle, { products, admin = false }]) => [
        person(handle).accountId,
        { products, admin },
      ]),
    ),
    groups: new Map(groups),
    jira: createJiraState(),
    software: createSoftwareState(),
    service: createServiceState(),
    confluence: createConfluenceState(),
  }
  world.sites.set(site.cloudId, site)
  const planting: Planting = {
    world,
    site,
    origins,
    person,
    ids,
    calendar: createCalendar(startedAt, story.timeZone),
    page: (title) =>
      [...site.confluence.contents.values()].find(({ versions }) => versions[0]?.title === title),
  }
  // Pages first: issues link to pages by their titles, and pages to issues by their keys, which are known.
  plantConfluence(planting, story)
  for (const chapter of story.chapters) plantJira(planting, chapter)
}
