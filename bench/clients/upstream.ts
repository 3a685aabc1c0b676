/**
 * Stands in for Atlassian in a process of its own: the simulator is asked once for each answer, and then the same bytes are
 * given again and again, so that a call costs the client's work and as little else as can be.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createSimulator } from '../../packages/simulator/src/index.ts'

const simulator = createSimulator()
const [cloudId = ''] = simulator.world.sites.keys()
const authorization = `Bearer ${simulator.tokenFor('maya')}`

const asked = {
  '/rest/api/3/issue/': 'jira/rest/api/3/issue/ALPHA-7',
  '/rest/api/3/search/jql':
    'jira/rest/api/3/search/jql?jql=project%20%3D%20ALPHA%20ORDER%20BY%20key&fields=*navigable&maxResults=50',
  '/wiki/api/v2/pages/': 'confluence/wiki/api/v2/pages/{page}?body-format=storage',
} as const

async function read(path: string): Promise<string> {
  const url = path.replace(/^\w+/, (product) => `https://api.atlassian.com/ex/${product}/${cloudId}`)
  const response = await simulator.fetch(new Request(url, { headers: { authorization } }))
  const text = await response.text()
  if (!response.ok)
    throw new Error(`The simulator answered ${response.status} to ${path}: ${text.slice(0, 200)}`)
  return text
}

/** The page with the longest body on the first page of the list. */
async function longestPage(): Promise<string> {
  const { results } = JSON.parse(await read('confluence/wiki/api/v2/pages?limit=50&body-format=storage'))
  results.sort(
    (one: { body: object }, other: { body: object }) =>
      JSON.stringify(other.body).length - JSON.stringify(one.body).length,
  )
  return results[0].id
}

const page = await longestPage()
const answers = await Promise.all(
  Object.entries(asked).map(
    async ([path, from]) => [path, Buffer.from(await read(from.replace('{page}', page)))] as const,
  ),
)
const fields = {
  'content-type': 'application/json;charset=UTF-8',
  'x-ratelimit-limit': '100',
  'x-ratelimit-remaining': '99',
  'x-ratelimit-reset': '2026-11-23T12:00:00Z',
  'atl-traceid': '0123456789abcdef0123456789abcdef',
}

const server = createServer((request, response) => {
  request.resume()
  const answer = answers.find(([path]) => request.url?.startsWith(path))?.[1]
  if (answer === undefined) response.writeHead(404).end()
  else response.writeHead(200, { ...fields, 'content-length': answer.byteLength }).end(answer)
})
// Connections stay open while others have their turn.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const sizes = Object.fromEntries(answers.map(([path, { byteLength }]) => [path, byteLength]))
  console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}`, page, sizes }))
})
