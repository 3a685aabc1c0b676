/**
 * One client in a process of its own: makes the same call again and again when it is told to, and says what that cost.
 * Usage: node --expose-gc caller.ts CLIENT TASK URL, with the clients' folder as working directory
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { ownCpu } from '../kit/processor.ts'

export type Task = 'issue' | 'search' | 'page'

type Call = () => Promise<unknown>

const [client = '', task = '', url = '', folder = ''] = process.argv.slice(2)
const jql = 'project = ALPHA ORDER BY key'
const headers = { authorization: 'Basic YTpi', accept: 'application/json', 'user-agent': 'bench' }
const paths: Readonly<Record<string, string>> = {
  issue: '/rest/api/3/issue/ALPHA-7',
  search: `/rest/api/3/search/jql?jql=${encodeURIComponent(jql)}&fields=*navigable`,
  page: '/wiki/api/v2/pages/99264?body-format=storage',
}

/** Imports what is installed for our clients. */
const ours = (name: string): Promise<any> =>
  import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href)

/** Our client, over the platform's `fetch` or over the one given. */
async function telamon(fetch?: typeof globalThis.fetch): Promise<Call> {
  const { basicAuth } = await ours('@telamon/rest')
  const options = { auth: basicAuth({ site: url, email: 'a@example.com', apiToken: 'b' }), ...(fetch && { fetch }) }
  if (task === 'page') {
    const { createConfluence } = await ours('@telamon/confluence')
    const { getPageById } = await ours('@telamon/confluence/operations')
    const wiki = createConfluence(options)
    return () => wiki.call(getPageById, { path: { id: '99264' }, query: { 'body-format': 'storage' } })
  }
  const { createJira } = await ours('@telamon/jira')
  const { getIssue, searchAndReconsileIssuesUsingJql } = await ours('@telamon/jira/operations')
  const jira = createJira(options)
  return task === 'issue'
    ? () => jira.call(getIssue, { path: { issueIdOrKey: 'ALPHA-7' } })
    : () => jira.call(searchAndReconsileIssuesUsingJql, { query: { jql, fields: ['*navigable'] } })
}

/** What the makers of the peer recommend where a few operations are used: flat functions over one client. */
async function peer(): Promise<Call> {
  const options = { host: url, auth: { type: 'basic', email: 'a@example.com', apiToken: 'b' } } as const
  if (task === 'page') {
    const { createClient } = await import('confluence.js/core')
    const { getPageById } = await import('confluence.js/v2')
    const client = createClient(options)
    return () => getPageById(client, { id: 99264, bodyFormat: 'storage' })
  }
  const { createClient } = await import('jira.js/core')
  const { getIssue, searchAndReconsileIssuesUsingJql } = await import('jira.js/cloud')
  const made = createClient(options)
  return task === 'issue'
    ? () => getIssue(made, { issueIdOrKey: 'ALPHA-7' })
    : () => searchAndReconsileIssuesUsingJql(made, { jql, fields: ['*navigable'] })
}

const clients: Readonly<Record<string, () => Promise<Call> | Call>> = {
  fetch: () => async () => (await fetch(url + paths[task], { headers })).json(),
  ky: async () => {
    const { default: ky } = await ours('ky')
    return () => ky(url + paths[task], { headers, retry: 0, timeout: false }).json()
  },
  peer,
  telamon: () => telamon(),
  'telamon, node': async () => telamon((await ours('@telamon/rest/node')).createNodeFetch()),
}

const call = await clients[client]!()

/** Seconds of processor time for so many calls. */
async function run(count: number): Promise<number> {
  globalThis.gc?.()
  const begin = ownCpu()
  for (let done = 0; done < count; done += 1) await call()
  return ownCpu() - begin
}

process.on('message', (count: number) => {
  void run(count).then((seconds) => process.send?.({ seconds }))
})
const answer = await call()
process.send?.({ ready: true, answer: JSON.stringify(answer).length })
