import type { Agent } from '../agents/agent.ts'
import type { Resident } from '../world/reference.ts'
import type { SiteReader } from '../world/site-reader.ts'

/** What a workflow works with, for one person. */
export interface Stage {
  readonly agent: Agent
  readonly person: Resident
  /** A site as this person sees it, read directly: what the answers are compared with. */
  readonly seen: (site: string) => SiteReader
  /** The same site as its administrator sees it: for what was written, and for what was not. */
  readonly whole: (site: string) => SiteReader
  /** Says that nobody else in the cast may come to see these words. */
  readonly keepBack: (words: string) => void
}

/** A task in a person's words, and an agent's way of doing it. */
export interface Workflow {
  readonly task: string
  /** Who asks for it, in this order: people that see or may do different things. */
  readonly cast: readonly string[]
  /** Does the task by tools alone, and rejects when the outcome is not what the world says it has to be. */
  readonly run: (stage: Stage) => Promise<void>
}
