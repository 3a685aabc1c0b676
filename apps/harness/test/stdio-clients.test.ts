import { fileURLToPath } from 'node:url'

import { expect, test } from 'vitest'

import { places } from '../src/places.ts'
import { demoForFile } from './support/demo.ts'
import { initialize, textOf, ToolList } from './support/mcp.ts'
import { startStdioClient } from './support/stdio-client.ts'

const demo = demoForFile()

const clients = [
  {
    name: 'mcp-remote',
    args: (url: URL) => [
      fileURLToPath(import.meta.resolve('mcp-remote/dist/proxy.js')),
      url.href,
      '--allow-http',
    ],
    env: { MCP_REMOTE_CONFIG_DIR: 'FOLDER/mcp-remote' },
  },
  {
    name: 'the proxy of ours',
    args: (url: URL) => [places.proxy, url.href],
    env: { HOME: 'FOLDER', XDG_CONFIG_HOME: 'FOLDER/config', XDG_STATE_HOME: 'FOLDER/state' },
  },
] as const

test.each(clients)(
  '$name opens the browser for the sign-in and then passes tools on',
  async ({ args, env }) => {
    const client = startStdioClient({ args: args(demo().mcp), env, person: 'Maya Lindqvist' })
    const hello = await client.ask(initialize)
    expect(hello).toMatchObject({ serverInfo: { name: expect.stringMatching(/^telamon/) } })
    client.tell('notifications/initialized')
    const { tools } = ToolList.parse(await client.ask({ method: 'tools/list' }))
    expect(tools.map(({ name }) => name)).toContain('searchJiraIssuesUsingJql')
    const found = await client.ask({
      method: 'tools/call',
      params: {
        name: 'searchJiraIssuesUsingJql',
        arguments: { cloudId: 'brightwater-demo', jql: 'project = HIRE' },
      },
    })
    expect(textOf(found)).toContain('Candidate 4: second conversation')
  },
)
