import { createConfluence } from '@telamon/confluence'
import { oauth } from '@telamon/rest'
import { createSkippingClock } from '@telamon/rest/testing'
import { createSimulator } from '@telamon/simulator'
import type { LogEntry, Simulator, World } from '@telamon/simulator'
import { createAnswerCheck } from '@telamon/simulator/testing'
import type { UpstreamCall } from '@telamon/tool-registry'
import { callTool } from '@telamon/tool-registry/testing'
import type { CalledTool } from '@telamon/tool-registry/testing'
import { afterEach } from 'vitest'

import { confluenceToolset } from '../src/index.ts'
import type { ConfluenceServices } from '../src/index.ts'

/** What the simulator answers is compared with Atlassian's documents, in every test. */
const { onAnswer, takeFaults } = createAnswerCheck()

afterEach(() => {
  const faults = takeFaults()
  if (faults.length > 0) throw new Error(`Answers differ from the documents:\n${faults.join('\n')}`)
})

/** The morning on which every test takes place: a Monday. */
const morning = Date.parse('2026-11-23T09:00:00Z')

type Site = World['sites'] extends Map<string, infer One> ? One : never
type Content = Site['confluence']['contents'] extends Map<string, infer One> ? One : never
export type Args = Readonly<Record<string, unknown>>

/** Who calls, and from where. */
interface Caller {
  readonly site?: 'brightwater-demo' | 'lakeside-demo'
  readonly scopes?: readonly string[]
}

/** Confluence with the story of the demo, and tools that are called in somebody's name. */
export interface Stage {
  readonly simulator: Simulator
  /** Calls a tool of the toolset as a server would. */
  readonly as: (person: string, caller?: Caller) => (tool: string, args?: Args) => Promise<CalledTool>
  /** Services of a call, for those who bind a tool themselves. */
  readonly services: (
    person: string,
    caller?: Caller,
  ) => (report: (call: UpstreamCall) => void) => ConfluenceServices
  /** The newest content with this title, as it stands in the world. */
  readonly content: (title: string) => Content
  /** The newest body of a content as a document. */
  readonly document: (title: string) => { readonly content: readonly unknown[] }
  /** Writes a document where none of the tools is asked. */
  readonly plant: (title: string, document: unknown) => void
  readonly spaceId: (key: string) => string
  /** Requests that changed the world. */
  readonly writes: () => readonly LogEntry[]
}

/** Makes a new world for a test. Waiting takes no time in it. */
export function stage(): Stage {
  const simulator = createSimulator({ onAnswer, now: () => morning })
  const siteNamed = (name: string): Site => {
    const site = [...simulator.world.sites.values()].find((one) => one.name === name)
    if (site === undefined) throw new Error(`There is no site ${name}`)
    return site
  }
  const home = (): Site['confluence'] => siteNamed('brightwater-demo').confluence
  const services: Stage['services'] = (person, caller = {}) => {
    const { site: name = 'brightwater-demo', scopes } = caller
    const { cloudId } = siteNamed(name)
    const token = simulator.tokenFor(person, { site: name, ...(scopes && { scopes }) })
    return (report) => ({
      site: { cloudId, name, url: `https://${name}.atlassian.net` },
      confluence: createConfluence({
        auth: oauth({ cloudId, token: async () => token }),
        fetch: (input, init) => simulator.fetch(new Request(input, init)),
        hooks: { afterResponse: ({ operation, status }) => report({ operation, status }) },
        ...createSkippingClock(morning),
      }),
    })
  }
  const content: Stage['content'] = (title) => {
    const found = [...home().contents.values()].findLast(({ versions }) => versions.at(-1)?.title === title)
    if (found === undefined) throw new Error(`Nothing has the title ${title}`)
    return found
  }
  return {
    simulator,
    services,
    content,
    as:
      (person, caller) =>
      (name, args = {}) => {
        const tool = confluenceToolset.tools.find((one) => one.name === name)
        if (tool === undefined) throw new Error(`There is no tool ${name}`)
        return callTool(tool, args, { services: services(person, caller) })
      },
    document(title) {
      const body = content(title).versions.at(-1)?.body
      if (body?.representation !== 'atlas_doc_format') throw new Error(`${title} is no document`)
      return JSON.parse(body.value)
    },
    plant(title, document) {
      const { versions } = content(title)
      const last = versions.at(-1)
      if (last) {
        const body = { representation: 'atlas_doc_format', value: JSON.stringify(document) } as const
        versions[versions.length - 1] = { ...last, body }
      }
    },
    spaceId(key) {
      const space = [...home().spaces.values()].find((one) => one.key === key)
      if (space === undefined) throw new Error(`There is no space ${key}`)
      return space.id
    },
    writes: () => simulator.log.entries().filter(({ wrote }) => wrote),
  }
}
