import { createAgent } from '../agents/agent.ts'
import type { Agent, Era, RecordedCall } from '../agents/agent.ts'
import { tokensOf } from '../agents/tokens.ts'
import type { Demo } from '../processes/demo.ts'
import type { Marker } from '../world/hidden.ts'
import { createReference } from '../world/reference.ts'
import type { Reference, Resident } from '../world/reference.ts'
import { createSiteReader } from '../world/site-reader.ts'
import { findLeaks } from './leaks.ts'
import type { Workflow } from './workflow.ts'

/** One workflow as one person. */
export interface Run {
  readonly task: string
  readonly person: string
  readonly calls: readonly RecordedCall[]
  /** Empty when it passed. */
  readonly failures: readonly string[]
}

/** All of them, and what they cost before the first call. */
export interface Runs {
  readonly runs: readonly Run[]
  readonly revision: string
  readonly tools: { readonly count: number; readonly tokens: number }
}

export interface RunOptions {
  readonly workflows: readonly Workflow[]
  readonly era?: Era
}

/** A client of one person, and what this person must not come to see. */
interface Actor {
  readonly person: Resident
  readonly agent: Agent
  readonly hidden: readonly Marker[]
}

/** Runs each workflow as each person of its cast, one after the other. Every person signs in once. */
export async function runWorkflows(demo: Demo, { workflows, era = 'auto' }: RunOptions): Promise<Runs> {
  const reference = createReference()
  const actors = new Map<string, Actor>()
  const runs: Run[] = []
  const kept: { readonly by: string; readonly marker: Marker }[] = []
  let tools = { count: 0, tokens: 0 }
  try {
    for (const workflow of workflows) {
      for (const id of workflow.cast) runs.push(await runOne(workflow, id))
    }
    const [first] = actors.values()
    return { runs, revision: first?.agent.revision ?? '', tools }
  } finally {
    await Promise.all([...actors.values()].map(({ agent }) => agent.close()))
    await reference.close()
  }

  async function runOne(workflow: Workflow, id: string): Promise<Run> {
    const { name } = reference.person(id)
    try {
      const actor = actors.get(id) ?? (await enter(id))
      actors.set(id, actor)
      const others = kept.filter(({ by }) => by !== id).map(({ marker }) => marker)
      return await runAs(actor, workflow, {
        demo,
        reference,
        hidden: [...actor.hidden, ...others],
        keepBack: (text) => kept.push({ by: id, marker: { text, of: `what ${name} wrote` } }),
      })
    } catch (error) {
      return { task: workflow.task, person: name, calls: [], failures: [`Sign-in: ${messageOf(error)}`] }
    }
  }

  async function enter(id: string): Promise<Actor> {
    const person = reference.person(id)
    const agent = await createAgent({ url: demo.mcp, person: person.name, era })
    const listed = await agent.tools()
    tools = { count: listed.length, tokens: tokensOf(listed) }
    return { person, agent, hidden: await reference.hiddenFrom(id) }
  }
}

interface RunContext {
  readonly demo: Demo
  readonly reference: Reference
  readonly hidden: readonly Marker[]
  readonly keepBack: (words: string) => void
}

async function runAs(
  { person, agent }: Actor,
  { task, run }: Workflow,
  { demo, reference, hidden, keepBack }: RunContext,
): Promise<Run> {
  const already = agent.calls.length
  const failures: string[] = []
  const reader = (site: string, as: Resident) => {
    const origin = demo.sites[site]
    if (origin === undefined) throw new Error(`The demo has no site called ${site}.`)
    return createSiteReader({ origin, person: as })
  }
  try {
    await run({
      agent,
      person,
      keepBack,
      seen: (site) => reader(site, person),
      whole: (site) => reader(site, reference.administratorOf(site)),
    })
  } catch (error) {
    failures.push(messageOf(error))
  }
  const calls = agent.calls.slice(already)
  failures.push(...findLeaks(calls, hidden))
  return { task, person: person.name, calls, failures }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
