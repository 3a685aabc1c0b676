/** The least that could do the work: node:http, a look-up of the token's hash, one zod check, JSON. No SDK, no policies. */
import { hash } from 'node:crypto'
import { createServer } from 'node:http'

import * as z from 'zod'

import { answer, description, names, parameters } from '../workload.ts'

const token = 'bench-token'
const known = new Map([[hash('sha256', token), { person: 'bench' }]])
const schema = parameters(z)
const inputSchema = z.toJSONSchema(schema)
const tools = names.map((name) => ({ name, title: name, description: description(name), inputSchema }))
const list = JSON.stringify({ tools })

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const bearer = request.headers.authorization?.slice(7) ?? ''
    if (!known.has(hash('sha256', bearer))) {
      response.writeHead(401).end()
      return
    }
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString())
    const call = (): string => {
      schema.parse(params.arguments)
      return JSON.stringify({ content: [{ type: 'text', text: answer }] })
    }
    const text = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${method === 'tools/list' ? list : call()}}`
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}/mcp`, token }))
})
