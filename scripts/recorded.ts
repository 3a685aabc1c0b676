/**
 * Compares the simulator's answers with recorded ones of the service, by the checker of the recordings, which are not
 * part of this repository.
 *
 * Usage: npm run recorded -- CHECKER [its options]
 * `CHECKER` is a program that takes `--map FILE`, such as ../shared/tools/check-recorded.mjs.
 */
/* eslint-disable telamon/records-only -- it speaks as the recordings do, and no client is here to speak for it */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { serveSimulator } from '../apps/harness/src/simulator/serve.ts'

/** What groups are permitted besides, so that the permissions of the space fill more than one page, as recorded. */
const permissions = [
  'read/space',
  'create/page',
  'create/comment',
  'create/attachment',
  'delete/page',
  'delete/comment',
  'delete/attachment',
  'archive/page',
  'administer/space',
].map((name) => ({ key: name.split('/')[0], target: name.split('/')[1] }))

const [checker, ...options] = process.argv.slice(2)
if (checker === undefined) {
  console.error('Which checker? Usage: npm run recorded -- ../shared/tools/check-recorded.mjs')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'recorded-'))
const served = await serveSimulator({ port: 0 })
try {
  const { simulator, platform } = served
  const cloudId = simulator.summary().sites[0]?.cloudId ?? ''
  const headers = { authorization: `Bearer ${simulator.tokenFor('maya')}` }
  const ids = await prepare({ platform, cloudId, headers })
  // The map names what the recordings speak of; here it gets the ids of this world.
  const map = readFileSync(join(import.meta.dirname, 'recorded-map.json'), 'utf8').replaceAll(
    /\{(\w+)\}/g,
    (hole, name: string) => ids[name] ?? hole,
  )
  const file = join(folder, 'map.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(map), base: platform, cloudId, headers }))
  const child = spawn(process.execPath, [checker, '--map', file, ...options], { stdio: 'inherit' })
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
} finally {
  await served.stop()
  rmSync(folder, { recursive: true })
}

function words(text: string): unknown {
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text }] }
  return { type: 'doc', version: 1, content: [paragraph] }
}

interface Place {
  readonly platform: string
  readonly cloudId: string
  readonly headers: Readonly<Record<string, string>>
}

/** Makes what the recordings read, change and delete, and gives its ids by the names that the map uses. */
async function prepare({ platform, cloudId, headers }: Place): Promise<Readonly<Record<string, string>>> {
  const ask =
    (product: string) =>
    // eslint-disable-next-line typescript/no-explicit-any -- answers of many shapes, read for their ids alone
    async (method: string, path: string, body?: unknown): Promise<any> => {
      const response = await fetch(`${platform}/ex/${product}/${cloudId}${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    }
  const [jira, wiki] = [ask('jira'), ask('confluence')]
  const issue = async (type: string): Promise<string> => {
    const fields = { project: { key: 'ALPHA' }, issuetype: { name: type }, summary: 'For the recordings' }
    return (await jira('POST', '/rest/api/3/issue', { fields })).key
  }
  const [task, epic, issueGone] = [await issue('Task'), await issue('Epic'), await issue('Task')]
  const comment = async (): Promise<string> =>
    (await jira('POST', `/rest/api/3/issue/${task}/comment`, { body: words('Said.') })).id
  const worklog = async (): Promise<string> =>
    (
      await jira('POST', `/rest/api/3/issue/${task}/worklog`, {
        timeSpentSeconds: 3600,
        comment: words('Done.'),
      })
    ).id
  const { accountId } = await jira('GET', '/rest/api/3/myself')
  const fields = {
    labels: ['recorded'],
    description: words('Text.'),
    assignee: { accountId },
    priority: { name: 'High' },
  }
  await jira('PUT', `/rest/api/3/issue/${task}`, { fields })
  await jira('PUT', `/rest/api/3/issue/${task}`, { fields: { parent: { key: epic } } })
  const { transitions } = await jira('GET', `/rest/api/3/issue/${task}/transitions`)
  await jira('POST', '/rest/api/3/issueLink', {
    type: { name: 'Relates' },
    inwardIssue: { key: task },
    outwardIssue: { key: epic },
  })
  const linked = await jira('GET', `/rest/api/3/issue/${task}?fields=issuelinks`)
  // The space of the caller's own, so that its labels and permissions are hers to change.
  const space = (await wiki('GET', '/wiki/api/v2/spaces?keys=PROD')).results[0].id
  await wiki('POST', '/wiki/rest/api/space/PROD/label', [{ prefix: 'team', name: 'recorded' }])
  const groups = (await wiki('GET', '/wiki/rest/api/group')).results.slice(1)
  for (const { id } of groups) {
    for (const operation of permissions) {
      const subject = { type: 'group', identifier: id }
      await wiki('POST', '/wiki/rest/api/space/PROD/permission', { subject, operation })
    }
  }
  const content = async (kind: string, title: string): Promise<string> =>
    (
      await wiki('POST', `/wiki/api/v2/${kind}`, {
        spaceId: space,
        status: 'current',
        title,
        body: { representation: 'storage', value: '<p>Some words to speak of.</p>' },
      })
    ).id
  const page = await content('pages', 'For the recordings')
  const labels = await wiki('POST', `/wiki/rest/api/content/${page}/label`, [
    { prefix: 'global', name: 'recorded' },
  ])
  const files = new FormData()
  files.append('file', new Blob(['<svg/>'], { type: 'image/svg+xml' }), 'recorded.svg')
  await fetch(`${platform}/ex/confluence/${cloudId}/wiki/rest/api/content/${page}/child/attachment`, {
    method: 'POST',
    headers: { ...headers, 'x-atlassian-token': 'no-check' },
    body: files,
  })
  const said = { representation: 'storage', value: '<p>Said.</p>' }
  const inline = async (): Promise<string> =>
    (
      await wiki('POST', '/wiki/api/v2/inline-comments', {
        pageId: page,
        body: said,
        inlineCommentProperties: {
          textSelection: 'words',
          textSelectionMatchCount: 1,
          textSelectionMatchIndex: 0,
        },
      })
    ).id
  const inlineSettled = await inline()
  await wiki('PUT', `/wiki/api/v2/inline-comments/${inlineSettled}`, {
    version: { number: 2 },
    body: said,
    resolved: true,
  })
  return {
    maya: accountId,
    issue: task,
    epic,
    issueGone,
    transition: transitions[0].id,
    link: linked.fields.issuelinks[0].id,
    comment: await comment(),
    commentGone: await comment(),
    worklog: await worklog(),
    worklogGone: await worklog(),
    space,
    page,
    label: labels.results[0].id,
    said: (await wiki('POST', '/wiki/api/v2/footer-comments', { pageId: page, body: said })).id,
    inlineSettled,
    inlineGone: await inline(),
    post: await content('blogposts', 'A post for the recordings'),
    postGone: await content('blogposts', 'Another post for the recordings'),
    property: (
      await wiki('POST', `/wiki/api/v2/pages/${page}/properties`, {
        key: 'recorded',
        value: { enabled: true, word: 'a' },
      })
    ).id,
  }
}
