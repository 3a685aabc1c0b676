import { webui } from '../confluence/view.ts'
import type { Caller } from '../http/call.ts'
import type { View } from '../jira/view.ts'
import type { OriginBook } from '../origins.ts'
import type { Content } from '../world/confluence-model.ts'
import type { Person, Site, World } from '../world/model.ts'
import type { Calendar } from './calendar.ts'

/** What stories are planted with: the world so far, and the way from the story's words to its things. */
export interface Planting {
  readonly world: World
  readonly site: Site
  readonly origins: OriginBook
  readonly calendar: Calendar
  readonly person: (handle: string) => Person
  /** The account ids of people. */
  readonly ids: (handles: readonly string[]) => readonly string[]
  /** Content by title, for links. */
  readonly page: (title: string) => Content | undefined
}

/** Whoever acts in a story, at a moment: fits whatever makes and changes things in the world. */
export interface Actor extends View {
  readonly clock: {
    now(): number
    advance(): void
    set(): void
    freeze(): void
    resume(): void
    readonly frozen: boolean
  }
}

/** Something that happens after a thing was made. */
export interface StoryEvent {
  readonly by: string
  readonly at: string
  readonly happen: (who: Actor) => void
}

const nothing = (): void => undefined

/** Lets a person of the story act at a moment of it. */
export function actor({ world, site, origins, person, calendar }: Planting, by: string, at: string): Actor {
  const instant = calendar.moment(at)
  const caller: Caller = { person: person(by), via: 'basic' }
  const clock = {
    now: () => instant,
    advance: nothing,
    set: nothing,
    freeze: nothing,
    resume: nothing,
    frozen: true,
  }
  return { world, site, origins, caller, clock, links: { rest: '', site: origins.site(site.name) } }
}

/** Puts what the placeholders stand for into a text. */
export function fillIn(planting: Planting, text: string): string {
  const { calendar, origins, site } = planting
  const address = origins.site(site.name)
  const fillers: Readonly<Record<string, (word: string) => string>> = {
    '@': (handle) => {
      const { displayName, accountId } = planting.person(handle)
      return `[@${displayName}](accountid:${accountId})`
    },
    'date:': (days) => `:date[${calendar.date(Number(days))}]`,
    'day:': (days) => calendar.words(Number(days)),
    'month:': (months) => calendar.month(Number(months)),
    'issue:': (key) => `<${address}/browse/${key}>`,
    'page:': (title) => {
      const content = planting.page(title)
      return content ? `<${address}/wiki${webui(site, content)}>` : title
    },
  }
  return text.replaceAll(
    /\{(@|date:|day:|month:|issue:|page:)([^}]*)\}/g,
    (_, kind: string, word: string) => fillers[kind]?.(word) ?? '',
  )
}
