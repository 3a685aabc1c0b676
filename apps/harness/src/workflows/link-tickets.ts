import assert from 'node:assert/strict'

import { attribute, nodesOf } from '../world/document-texts.ts'
import type { SitePage } from '../world/site-reader.ts'
import { fenced, keysIn, pageTitled } from './reading.ts'
import type { KnownSite } from './reading.ts'
import type { Stage, Workflow } from './workflow.ts'

const TITLE = 'Release Plan'

/** Which tickets the person means: three of a project, from a position on. */
const wanted: Readonly<Record<string, { readonly project: string; readonly from: number }>> = {
  maya: { project: 'ALPHA', from: 6 },
  priya: { project: 'ALPHA', from: 12 },
  sam: { project: 'WEB', from: 2 },
}

/** Maya and Priya may do both directions. Sam may link issues of the website, and may not change the page. */
export const linkTickets: Workflow = {
  task: `Link these three Jira tickets to the '${TITLE}' page`,
  cast: ['maya', 'priya', 'sam'],
  async run(stage) {
    const { agent, whole } = stage
    const { site, id, url } = await pageTitled(agent, TITLE)
    const keys = await ticketsOf(stage, site)
    const { text: found } = await agent.call('searchJiraIssuesUsingJql', {
      cloudId: site.id,
      jql: `key in (${keys.join(', ')})`,
    })
    assert.deepEqual(keysIn(found).toSorted(), keys.toSorted(), 'the three tickets')

    for (const issueIdOrKey of keys) {
      await agent.call('createJiraIssueRemoteIssueLink', {
        cloudId: site.id,
        issueIdOrKey,
        url,
        title: TITLE,
        relationship: 'planned in',
      })
      const links = await whole(site.name).remoteLinks(issueIdOrKey)
      assert.deepEqual(links, [{ url, title: TITLE }], `${issueIdOrKey} links to the page`)
    }
    await linkBack(stage, { site, id, keys })
  },
}

async function ticketsOf({ person, seen }: Stage, site: KnownSite): Promise<readonly string[]> {
  const { project = '', from = 0 } = wanted[person.id] ?? {}
  const issues = await seen(site.name).issues(`project = ${project}`)
  const keys = issues.map(({ key }) => key).toSorted((one, other) => numberOf(one) - numberOf(other))
  return keys.slice(from, from + 3)
}

const numberOf = (key: string): number => Number(key.slice(key.indexOf('-') + 1))

interface LinkingBack {
  readonly site: KnownSite
  readonly id: string
  readonly keys: readonly string[]
}

/** Smart links on the page, below all that is there, which has to stay as it was. */
async function linkBack({ agent, person, whole }: Stage, { site, id, keys }: LinkingBack): Promise<void> {
  const reader = whole(site.name)
  const before = await reader.page(id)
  const { text } = await agent.call('getConfluenceContent', {
    cloudId: site.id,
    contentId: id,
    contentFormat: 'editable',
  })
  const snapshotToken = /snapshotToken (\S+)/.exec(text)?.[1]
  const markdown = fenced(text).replace(/^# .*\n+/, '')
  const addresses = keys.map((key) => `${reader.origin}/browse/${key}`)
  const change = await agent.attempt('updateConfluenceContent', {
    cloudId: site.id,
    contentId: id,
    snapshotToken,
    body: { value: `${markdown}\n\nTickets: ${addresses.map((address) => `<${address}>`).join(' ')}` },
    versionMessage: `Linked ${keys.join(', ')}`,
  })
  const after = await reader.page(id)
  if (person.id === 'sam') {
    assert.ok(change.isError, 'the change of the page is refused')
    assert.match(change.text, /not allowed/i, 'the refusal says why')
    assert.match(change.text, /nothing was changed/i, 'the refusal says that nothing was changed')
    assert.deepEqual(after, before, 'the page is as it was')
    return
  }
  assert.ok(!change.isError, change.text)
  assert.equal(after.version, before.version + 1, 'one new version')
  assert.deepEqual(smartLinks(after), [...smartLinks(before), ...addresses], 'smart links to the tickets')
  const blocks = blocksOf(before)
  assert.deepEqual(blocksOf(after).slice(0, blocks.length), blocks, 'everything else is as it was')
}

const smartLinks = ({ document }: SitePage): readonly unknown[] =>
  nodesOf(document)
    .filter(({ type }) => type === 'inlineCard')
    .map((card) => attribute(card, 'url'))

function blocksOf({ document }: SitePage): readonly unknown[] {
  const { content } = document
  return Array.isArray(content) ? content : []
}
