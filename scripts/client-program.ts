/**
 * A program as a user of the clients writes it, in plain JavaScript, and the server that it asks. What it prints in the
 * end is the same on every runtime.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes the address of the server as its only argument. */
export const program = `
import { createConfluence } from '@telamon/confluence'
import { createJira, field } from '@telamon/jira'
import { getIssue } from '@telamon/jira/operations'
import { basicAuth, isAtlassianError } from '@telamon/rest'

const auth = basicAuth({ site: process.argv[2], email: 'ada@example.com', apiToken: 'secret' })
const jira = createJira({ auth, fields: { points: field.number('customfield_10016') } })
const wiki = createConfluence({ auth })
const seen = []

const issue = await jira.issues.get('DEMO-1', { fields: ['summary', 'points'] })
seen.push(issue.fields.summary, issue.fields.points)
seen.push((await jira.call(getIssue, { path: { issueIdOrKey: 'DEMO-1' } })).key)
for await (const { key } of jira.search('project = DEMO', { fields: ['summary'] })) seen.push(key)
const [uploaded] = await jira.attachments.upload('DEMO-1', [{ name: 'a.txt', content: 'one two' }])
seen.push(uploaded.size > 7)
const { body } = await jira.attachments.download('10001')
seen.push(await new Response(body).text())
try {
  await wiki.pages.get('404')
} catch (error) {
  seen.push(isAtlassianError(error, 'not_found'))
}
console.log(seen.join(' '))
`

/** What the program prints. */
export const printed = 'Redesign 5 DEMO-1 DEMO-1 DEMO-2 true three four true'

const issue = (key: string): object => ({
  id: '1',
  key,
  self: 'https://example.atlassian.net/rest/api/3/issue/1',
  fields: { summary: 'Redesign', customfield_10016: 5 },
})

/** Answers by path. A number is a status without a body. */
const answers: readonly (readonly [path: RegExp, answer: (query: URLSearchParams) => unknown])[] = [
  [/\/issue\/DEMO-1$/, () => issue('DEMO-1')],
  [
    /\/search\/jql$/,
    (query) =>
      query.has('nextPageToken')
        ? { issues: [issue('DEMO-2')] }
        : { issues: [issue('DEMO-1')], nextPageToken: 'more' },
  ],
  [/\/attachment\/content\//, () => 'three four'],
]

/** Serves what the program asks for, on a free port of this machine. */
export async function serve(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    let bytes = 0
    request.on('data', (piece: Buffer) => (bytes += piece.byteLength))
    request.on('end', () => {
      const answer = pathname.endsWith('/attachments')
        ? [{ id: '10001', size: bytes }]
        : answers.find(([path]) => path.test(pathname))?.[1](searchParams)
      response.writeHead(answer === undefined ? 404 : 200, {
        'content-type': typeof answer === 'string' ? 'text/plain' : 'application/json',
      })
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? { errors: [] }))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
