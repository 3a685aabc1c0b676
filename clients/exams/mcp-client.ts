import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

import { check } from './exam.ts'

/** Calls a tool and gives the text of its answer; an answer that says it failed is an error. */
export type CallTool = (name: string, args: Record<string, unknown>) => Promise<string>

/** Runs an MCP server of somebody else over stdio, as its users do. */
export async function withServer(
  program: string,
  env: Readonly<Record<string, string>>,
  use: (call: CallTool) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: 'telamon-clients', version: '0.0.0' })
  const { PATH = '', HOME = '' } = process.env
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program],
    env: { PATH, HOME, ...env },
    stderr: 'ignore',
  })
  await client.connect(transport)
  try {
    await use(async (name, args) => {
      const { content, isError } = await client.callTool({ name, arguments: args })
      check(Array.isArray(content), `${name} answered without content`)
      const text = content.map((part) => ('text' in part ? String(part.text) : '')).join('\n')
      check(isError !== true && !/^\s*\{\s*"error"/.test(text), `${name}: ${text.slice(0, 400)}`)
      return text
    })
  } finally {
    await client.close()
  }
}
