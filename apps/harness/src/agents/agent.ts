import { setTimeout } from 'node:timers/promises'

import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'

import { createIdentity } from './identity.ts'
import type { Identity } from './identity.ts'
import { tokensOf } from './tokens.ts'

/** One tool call as the model would see it. */
export interface RecordedCall {
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly text: string
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly isError: boolean
  /** Milliseconds to wait before the same call, where it was refused for being over a limit. */
  readonly waitMs: number | undefined
  /** Tokens (o200k) of name and arguments. */
  readonly requestTokens: number
  /** Tokens (o200k) of the answer's text and structured content. */
  readonly answerTokens: number
}

/** What a call gives back to a workflow. */
interface Answer {
  readonly text: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A scripted agent: a real MCP client, signed in as one person, that remembers what it asked and read. */
export interface Agent {
  readonly calls: readonly RecordedCall[]
  /** Calls a tool. Rejects with the tool's own words when it refuses. */
  readonly call: (tool: string, input?: Readonly<Record<string, unknown>>) => Promise<Answer>
  /** Calls a tool that may refuse. What is over a limit is repeated when the refusal says so, as a model would. */
  readonly attempt: (tool: string, input?: Readonly<Record<string, unknown>>) => Promise<RecordedCall>
  /** The tools as this person is offered them. */
  readonly tools: () => Promise<readonly { readonly name: string }[]>
  /** The revision of MCP that was agreed on. */
  readonly revision: string
  readonly identity: Identity
  readonly close: () => Promise<void>
}

/** Which revision of MCP is spoken: `auto` asks for 2026-07-28 first, `legacy` opens with `initialize`. */
export type Era = 'auto' | 'legacy'

export interface AgentOptions {
  readonly url: URL
  /** A name of the simulator's sign-in page. */
  readonly person: string
  readonly era?: Era
  readonly identity?: Identity
}

/** A script reads ids from data, where a model reads them from text. */
const asProgram = { 'x-mcp-results': 'both' }

/** Connects and signs in, through discovery, registration, consent and the simulator's pages. */
export async function createAgent({
  url,
  person,
  era = 'auto',
  identity = createIdentity({ person }),
}: AgentOptions): Promise<Agent> {
  const client = new Client(
    { name: 'telamon-harness', version: '0.0.0' },
    { versionNegotiation: { mode: era } },
  )
  const open = (): StreamableHTTPClientTransport =>
    new StreamableHTTPClientTransport(url, { authProvider: identity, requestInit: { headers: asProgram } })
  const first = open()
  try {
    await client.connect(first)
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    await first.finishAuth(await identity.redirected())
    await client.connect(open())
  }
  const calls: RecordedCall[] = []

  async function attempt(
    tool: string,
    input: Readonly<Record<string, unknown>> = {},
    patience = 5,
  ): Promise<RecordedCall> {
    const call = await record(tool, input)
    if (call.waitMs === undefined || patience === 0) return call
    await setTimeout(call.waitMs)
    return attempt(tool, input, patience - 1)
  }

  async function record(tool: string, input: Readonly<Record<string, unknown>>): Promise<RecordedCall> {
    const result = await client.callTool({ name: tool, arguments: { ...input } })
    const text = result.content
      .map((block) => (block.type === 'text' ? block.text : `[${block.type}]`))
      .join('\n')
    const data: RecordedCall['data'] = result.structuredContent && Object(result.structuredContent)
    const call = {
      tool,
      arguments: input,
      text,
      data,
      isError: result.isError === true,
      waitMs: result.isError === true ? askedToWait(text) : undefined,
      requestTokens: tokensOf({ name: tool, arguments: input }),
      answerTokens: tokensOf(text) + (data ? tokensOf(data) : 0),
    }
    calls.push(call)
    return call
  }

  return {
    calls,
    identity,
    revision: client.getNegotiatedProtocolVersion() ?? '',
    attempt: (tool, input) => attempt(tool, input),
    async call(tool, input) {
      const { isError, text, data = {} } = await attempt(tool, input)
      if (isError) throw new Error(`${tool} refused: ${text}`)
      return { text, data }
    },
    tools: async () => (await client.listTools()).tools,
    close: () => client.close(),
  }
}

/** Milliseconds, where a refusal says when the same call may be made again. */
function askedToWait(text: string): number | undefined {
  const seconds = /Repeat the same call in (\d+) seconds?/.exec(text)?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}
