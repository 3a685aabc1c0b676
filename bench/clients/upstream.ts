/**
 * Stands in for Atlassian in a process of its own: the simulator is asked once for each answer, and then the same bytes are
 * given again and again, so that a call costs the client's work and as little else as can be.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getPageById, getPages } from '../../packages/confluence/src/operations.ts'
import { getIssue, searchAndReconsileIssuesUsingJql } from '../../packages/jira/src/operations.ts'
import {
  basicAuth,
  createOperationRouter,
  createRest,
  type OperationSpec,
} from '../../packages/rest/src/index.ts'
import { createSimulator } from '../../packages/simulator/src/index.ts'

/** What one operation answers, and the address that it was asked at. */
interface Kept {
  readonly path: string
  readonly body: Buffer
}

const simulator = createSimulator()
const kept = new Map<string, Kept>()
const [site = ''] = [...simulator.world.sites.values()].map(({ name }) => `https://${name}.atlassian.net`)
const { email = '', apiToken = '' } = simulator.people.find(({ id }) => id === 'maya') ?? {}
const rest = createRest({
  auth: basicAuth({ site, email, apiToken }),
  hooks: {
    afterAnswer: ({ operation, answer }) => {
      kept.set(operation.id, { path: asked, body: Buffer.from(JSON.stringify(answer)) })
    },
  },
  fetch: async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    asked = pathname + search
    return simulator.fetch(request)
  },
})
let asked = ''

const fields = ['*navigable']
const { results = [] } = await rest.call(getPages, { query: { limit: 50, 'body-format': 'storage' } })
const [longest] = results.toSorted(
  (one, other) => JSON.stringify(other.body).length - JSON.stringify(one.body).length,
)
await rest.call(getPageById, { path: { id: longest?.id ?? '' }, query: { 'body-format': 'storage' } })
await rest.call(getPages, { query: { limit: 5 } })
await rest.call(getIssue, { path: { issueIdOrKey: 'ALPHA-7' } })
await rest.call(searchAndReconsileIssuesUsingJql, {
  query: { jql: 'project = ALPHA ORDER BY key', fields, maxResults: 50 },
})

const router = createOperationRouter<OperationSpec>([
  getPageById,
  getPages,
  getIssue,
  searchAndReconsileIssuesUsingJql,
])
const head = {
  'content-type': 'application/json;charset=UTF-8',
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '99',
  'x-ratelimit-reset': '2026-11-23T12:00:00Z',
  'atl-traceid': '0123456789abcdef0123456789abcdef',
}

const server = createServer((request, response) => {
  request.resume()
  const found = router.match(request.method ?? '', request.url?.split('?', 1)[0] ?? '')
  const body = found !== undefined && 'operation' in found ? kept.get(found.operation.id)?.body : undefined
  if (body === undefined) response.writeHead(404).end()
  else response.writeHead(200, { ...head, 'content-length': body.byteLength }).end(body)
})
// Connections stay open while others have their turn.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  const { port } = server.address() as AddressInfo
  const answers = Object.fromEntries(
    [...kept].map(([id, { path, body }]) => [id, { path, bytes: body.byteLength }]),
  )
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}`, answers }))
})
