import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'

import { createIdentity } from './identity.ts'
import type { Identity } from './identity.ts'
import { tokensOf } from './tokens.ts'

/** One tool call as the model would see it. */
export interface RecordedCall {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly text: string
  readonly isError: boolean
  /** Tokens (o200k) of name and arguments, and of the answer's text and structured content. */
  readonly requestTokens: number
  readonly answerTokens: number
}

/** What a call gives back to a workflow. */
export interface Answer {
  readonly text: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A scripted agent: a real MCP client, signed in as one person, that remembers what it asked and read. */
export interface Agent {
  readonly person: string
  readonly calls: readonly RecordedCall[]
  /** Calls a tool. Throws with the tool's own words when it refuses. */
  readonly call: (tool: string, input: Readonly<Record<string, unknown>>) => Promise<Answer>
  /** Names of the tools that this person is offered. */
  readonly tools: () => Promise<readonly string[]>
  readonly identity: Identity
  readonly close: () => Promise<void>
}

export interface AgentOptions {
  readonly url: URL
  readonly person: string
  /** `auto` asks for 2026-07-28 first; `legacy` opens with `initialize`. */
  readonly era?: 'auto' | 'legacy'
  readonly identity?: Identity
}

/** Connects and signs in, through discovery, registration, consent and the simulator's pages. */
export async function createAgent({
  url,
  person,
  era = 'auto',
  identity = createIdentity(person),
}: AgentOptions): Promise<Agent> {
  const client = new Client(
    { name: 'telamon-harness', version: '0.0.0' },
    { versionNegotiation: { mode: era } },
  )
  const open = (): StreamableHTTPClientTransport =>
    new StreamableHTTPClientTransport(url, { authProvider: identity })
  const first = open()
  try {
    await client.connect(first)
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    await first.finishAuth(await identity.redirected())
    await client.connect(open())
  }
  const calls: RecordedCall[] = []
  return {
    person,
    calls,
    identity,
    async call(tool, input) {
      const result = await client.callTool({ name: tool, arguments: { ...input } })
      const content = Array.isArray(result.content) ? result.content : []
      const text = content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join('\n')
      const data = Object(result.structuredContent ?? {})
      calls.push({
        tool,
        arguments: input,
        text,
        isError: result.isError === true,
        requestTokens: tokensOf({ name: tool, arguments: input }),
        answerTokens: tokensOf(text) + (result.structuredContent === undefined ? 0 : tokensOf(data)),
      })
      if (result.isError === true) throw new Error(`${tool}: ${text}`)
      return { text, data }
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  }
}
