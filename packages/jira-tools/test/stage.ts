import { createJira } from '@telamon/jira'
import { oauth } from '@telamon/rest'
import { createSkippingClock } from '@telamon/rest/testing'
import { createSimulator } from '@telamon/simulator'
import type { LogEntry, Simulator, World } from '@telamon/simulator'
import { createAnswerCheck } from '@telamon/simulator/testing'
import type { UpstreamCall } from '@telamon/tool-registry'
import { callTool } from '@telamon/tool-registry/testing'
import type { CalledTool } from '@telamon/tool-registry/testing'
import { afterEach } from 'vitest'

import { jiraToolset } from '../src/index.ts'
import type { JiraServices } from '../src/index.ts'

/** What the simulator answers is compared with Atlassian's documents, in every test. */
const { onAnswer, takeFaults } = createAnswerCheck()

afterEach(() => {
  const faults = takeFaults()
  if (faults.length > 0) throw new Error(`Answers differ from the documents:\n${faults.join('\n')}`)
})

/** The morning on which every test takes place: a Monday. */
const morning = Date.parse('2026-11-23T09:00:00Z')

type Site = World['sites'] extends Map<string, infer One> ? One : never
type Issue = Site['jira']['issues'] extends Map<string, infer One> ? One : never
export type Args = Readonly<Record<string, unknown>>

/** Who calls, from where, and what stands between the client and Jira. */
export interface Caller {
  readonly site?: 'brightwater-demo' | 'lakeside-demo'
  readonly scopes?: readonly string[]
  /** Changes answers on their way back, for what the simulator's world does not hold. */
  readonly change?: (response: Response, request: Request) => Response | Promise<Response>
}

/** Jira with the story of the demo, and tools that are called in somebody's name. */
export interface Stage {
  readonly simulator: Simulator
  /** Calls a tool of the toolset as a server would. */
  readonly as: (person: string, caller?: Caller) => (tool: string, args?: Args) => Promise<CalledTool>
  /** Services of a call, for those who bind a tool themselves. */
  readonly services: (
    person: string,
    caller?: Caller,
  ) => (report: (call: UpstreamCall) => void) => JiraServices
  /** The issue as it stands in the world. */
  readonly issue: (key: string) => Issue
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
  const services: Stage['services'] = (person, caller = {}) => {
    const { site: name = 'brightwater-demo', scopes, change } = caller
    const { cloudId } = siteNamed(name)
    const token = simulator.tokenFor(person, { site: name, ...(scopes && { scopes }) })
    return (report) => ({
      site: { cloudId, name, url: `https://${name}.atlassian.net` },
      jira: createJira({
        auth: oauth({ cloudId, token: async () => token }),
        async fetch(input, init) {
          const request = new Request(input, init)
          const response = await simulator.fetch(request)
          return change ? change(response, request) : response
        },
        hooks: { afterResponse: ({ operation, status }) => report({ operation, status }) },
        ...createSkippingClock(morning),
      }),
    })
  }
  return {
    simulator,
    services,
    as:
      (person, caller) =>
      (name, args = {}) => {
        const tool = jiraToolset.tools.find((one) => one.name === name)
        if (tool === undefined) throw new Error(`There is no tool ${name}`)
        return callTool(tool, args, { services: services(person, caller) })
      },
    issue(key) {
      const { jira } = siteNamed(key.startsWith('LAKE') ? 'lakeside-demo' : 'brightwater-demo')
      const issue = jira.issues.get(jira.keys.get(key) ?? '')
      if (issue === undefined) throw new Error(`There is no issue ${key}`)
      return issue
    },
    // Looking at a task takes it on, which no caller means as a change.
    writes: () => simulator.log.entries().filter(({ wrote, method }) => wrote && method !== 'GET'),
  }
}

/** Changes the JSON of answers to one path. */
export function changing(
  path: RegExp,
  // oxlint-disable-next-line typescript/no-explicit-any -- answers of many shapes are changed in place
  change: (body: any) => void,
): NonNullable<Caller['change']> {
  return async (response, { url }) => {
    if (response.status !== 200 || !path.test(new URL(url).pathname)) return response
    const body: unknown = await response.json()
    change(body)
    return Response.json(body)
  }
}
