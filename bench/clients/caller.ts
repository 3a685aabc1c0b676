/**
 * One client in a process of its own: makes the same call as often as it is told, and says what that has cost.
 * Usage: node --expose-gc caller.ts CLIENT TASK URL FOLDER PATH
 * FOLDER is where our clients are installed; PATH is what a plain fetch asks for.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type * as wiki from '../../packages/confluence/src/index.ts'
import type * as wikiOperations from '../../packages/confluence/src/operations.ts'
import type * as jira from '../../packages/jira/src/index.ts'
import type * as jiraOperations from '../../packages/jira/src/operations.ts'
import type * as rest from '../../packages/rest/src/index.ts'
import type * as restNode from '../../packages/rest/src/node/index.ts'
import { ownCpu } from '../kit/processor.ts'

export type ClientName = 'fetch' | 'peer' | 'telamon' | 'telamon, node'
export type Task = 'issue' | 'search' | 'page'

type Call = () => Promise<unknown>

const [client = '', task = '', url = '', folder = '', path = ''] = process.argv.slice(2)
const email = 'a@example.com'
const apiToken = 'b'
const jql = 'project = ALPHA ORDER BY key'
const fields = ['*navigable']

/** The least that could do the work. */
async function plainFetch(): Promise<Call> {
  const headers = { authorization: `Basic ${btoa(`${email}:${apiToken}`)}`, accept: 'application/json' }
  return async () => (await fetch(url + path, { headers })).json()
}

async function installed<Module>(name: string): Promise<Module> {
  return import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href)
}

async function telamon(fetch?: typeof globalThis.fetch): Promise<Call> {
  const { basicAuth } = await installed<typeof rest>('@telamon/rest')
  const options = { auth: basicAuth({ site: url, email, apiToken }), ...(fetch && { fetch }) }
  if (task === 'page') {
    const { getPageById } = await installed<typeof wikiOperations>('@telamon/confluence/operations')
    const { call } = (await installed<typeof wiki>('@telamon/confluence')).createConfluence(options)
    return () => call(getPageById, { path: { id: '1' }, query: { 'body-format': 'storage' } })
  }
  const operations = await installed<typeof jiraOperations>('@telamon/jira/operations')
  const { call } = (await installed<typeof jira>('@telamon/jira')).createJira(options)
  return task === 'issue'
    ? () => call(operations.getIssue, { path: { issueIdOrKey: 'ALPHA-7' } })
    : () => call(operations.searchAndReconsileIssuesUsingJql, { query: { jql, fields } })
}

/** jira.js or confluence.js: flat functions over one client, as their makers recommend for a few operations. */
async function peer(): Promise<Call> {
  const options = { host: url, auth: { type: 'basic', email, apiToken } } as const
  if (task === 'page') {
    const { createClient } = await import('confluence.js/core')
    const { getPageById } = await import('confluence.js/v2')
    const confluence = createClient(options)
    return () => getPageById(confluence, { id: 1, bodyFormat: 'storage' })
  }
  const { createClient } = await import('jira.js/core')
  const { getIssue, searchAndReconsileIssuesUsingJql } = await import('jira.js/cloud')
  const made = createClient(options)
  return task === 'issue'
    ? () => getIssue(made, { issueIdOrKey: 'ALPHA-7' })
    : () => searchAndReconsileIssuesUsingJql(made, { jql, fields })
}

const clients: Readonly<Record<ClientName, () => Promise<Call>>> = {
  fetch: plainFetch,
  peer,
  telamon: () => telamon(),
  'telamon, node': async () =>
    telamon((await installed<typeof restNode>('@telamon/rest/node')).createNodeFetch()),
}

const make = Object.entries(clients).find(([name]) => name === client)?.[1]
if (make === undefined) throw new Error(`Which client? There are ${Object.keys(clients).join(', ')}`)
const call = await make()

/** Seconds of processor time for so many calls. */
async function run(count: number): Promise<number> {
  globalThis.gc?.()
  const begin = ownCpu()
  for (let done = 0; done < count; done += 1) await call()
  return ownCpu() - begin
}

process.on('message', (count) => {
  void run(Number(count)).then((seconds) => process.send?.({ seconds }))
})
process.send?.({ ready: JSON.stringify(await call()).length })
