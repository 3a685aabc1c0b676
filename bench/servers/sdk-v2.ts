/** The plain SDK v2 handler with sixty tools, as its documentation shows it: schemas at module scope, a token check. */
import { hash } from 'node:crypto'
import { createServer } from 'node:http'

import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import * as z from 'zod'

import { answer, description, names, parameters } from '../workload.ts'

const token = 'bench-token'
const known = new Set([hash('sha256', token)])
const inputSchema = parameters(z)

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'bench', version: '1.0.0' })
  for (const name of names) {
    server.registerTool(name, { title: name, description: description(name), inputSchema }, () => ({
      content: [{ type: 'text', text: answer }],
    }))
  }
  return server
})
const serve = toNodeHandler({
  fetch: (request: Request) => {
    const bearer = request.headers.get('authorization')?.slice(7) ?? ''
    return known.has(hash('sha256', bearer))
      ? handler.fetch(request)
      : Promise.resolve(new Response(undefined, { status: 401 }))
  },
})
const server = createServer((request, response) => void serve(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}/mcp`, token }))
})
