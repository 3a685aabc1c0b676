import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'createJiraIssueRemoteIssueLink'
const url = 'https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99456'

it('links an issue to a page', async () => {
  const at = stage()
  const { text, data } = await at.as('maya')(tool, {
    issueIdOrKey: 'alpha-3',
    url,
    title: 'Release Plan',
    relationship: 'planned in',
    summary: 'Dates and\nowners',
  })
  expect(text).toMatchInlineSnapshot(
    `"ALPHA-3 links to https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99456 (link 10000): https://brightwater-demo.atlassian.net/browse/ALPHA-3"`,
  )
  expect(data).toMatchObject({ key: 'ALPHA-3', linkId: '10000' })
  const [link] = at.issue('ALPHA-3').remoteLinks
  expect(link).toMatchObject({
    globalId: url,
    relationship: 'planned in',
    object: { url, title: 'Release Plan', summary: 'Dates and owners' },
  })
})

it('replaces the link to the same address, however it is written', async () => {
  const at = stage()
  const call = at.as('maya')
  await call(tool, { issueIdOrKey: 'ALPHA-3', url: 'https://a.example', title: 'One' })
  const { data } = await call(tool, { issueIdOrKey: 'ALPHA-3', url: 'https://A.example/', title: 'Two' })
  expect(data).toMatchObject({ linkId: '10000' })
  expect(at.issue('ALPHA-3').remoteLinks.map(({ object }) => object['title'])).toEqual(['Two'])
})

it('links to an address longer than an id may be', async () => {
  const at = stage()
  const { isError } = await at.as('maya')(tool, {
    issueIdOrKey: 'ALPHA-3',
    url: `https://a.example/${'x'.repeat(400)}`,
    title: 'Long',
  })
  expect(isError).toBe(false)
  expect(at.issue('ALPHA-3').remoteLinks[0]?.globalId).toBe(null)
})

it.each([
  [{ url: 'a.example' }, 'url has to be an address that begins with https:// or http://'],
  [{ url: 'javascript:alert(1)' }, 'url has to be an address'],
  [{ title: ' ' }, 'title is empty'],
  [{ relation: 'x' }, 'relation is not an argument of this tool. Did you mean relationship?'],
])('says what is wrong with %j', async (args, hint) => {
  const { text, calls } = await stage().as('maya')(tool, {
    issueIdOrKey: 'ALPHA-3',
    url,
    title: 'x',
    ...args,
  })
  expect(text).toContain(hint)
  expect(calls).toEqual([])
})

it('says so to who may read and not link', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(tool, { issueIdOrKey: 'ALPHA-3', url, title: 'x' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "The person is not allowed to do this in Atlassian. Atlassian said:
    <untrusted source="error message of Atlassian">
    You do not have permission to link issues in this project.
    </untrusted>
    Nothing was changed.
    Do not repeat it. Tell the person, who can ask an administrator of the site."
  `)
  expect(at.writes()).toEqual([])
})

it('looks the same to who may not see an issue as when there is none', async () => {
  const at = stage()
  const hidden = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-2', url, title: 'x' })
  const missing = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-999', url, title: 'x' })
  expect(hidden.isError).toBe(true)
  expect(hidden.text).toBe(missing.text)
})

it('leaves one link when the answer was lost and the call is made again', async () => {
  const at = stage()
  at.simulator.faults.add({
    match: { operation: 'createOrUpdateRemoteIssueLink' },
    fault: { kind: 'lose-answer' },
  })
  const call = at.as('maya')
  const lost = await call(tool, { issueIdOrKey: 'ALPHA-3', url, title: 'x' })
  expect(lost.text).toContain('It is not known whether the change was made')
  const again = await call(tool, { issueIdOrKey: 'ALPHA-3', url, title: 'x' })
  expect(again.isError).toBe(false)
  expect(at.issue('ALPHA-3').remoteLinks).toHaveLength(1)
})
