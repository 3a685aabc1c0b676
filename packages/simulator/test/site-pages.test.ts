import { expect, test } from 'vitest'

import { linksIn, stage, type Stage } from './support.ts'

const look = (at: Stage, person: string, path: string): ReturnType<Stage['anonymous']> => {
  const { accountId } = at.simulator.people.find(({ id }) => id === person) ?? { accountId: '' }
  return at.anonymous(path, {
    headers: { cookie: `telamon-simulator-viewer=${encodeURIComponent(accountId)}` },
  })
}

test('a page of a site first asks who is looking', async () => {
  const { status, text } = await stage().anonymous('/browse/ALPHA-7')
  expect(status).toBe(200)
  expect(text).toContain('Who is looking?')
  expect(text).toContain('value="/browse/ALPHA-7"')
  expect(text).not.toContain('Two guests can book')
  expect(text).not.toContain('Elin Berg')
})

test('choosing a person leads back, and never off the site', async () => {
  const at = stage()
  const { accountId } = at.simulator.people[0] ?? { accountId: '' }
  const choose = async (back: string): Promise<Response> => {
    const body = new URLSearchParams({ back, person: accountId })
    const address = 'https://brightwater-demo.atlassian.net/simulator/look-as'
    return at.simulator.fetch(new Request(address, { method: 'POST', body, redirect: 'manual' }))
  }
  const chosen = await choose('/browse/ALPHA-7')
  expect(chosen.status).toBe(303)
  expect(chosen.headers.get('location')).toBe('/browse/ALPHA-7')
  expect(chosen.headers.get('set-cookie')).toContain('HttpOnly')
  for (const back of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
    expect((await choose(back)).headers.get('location')).toBe('/')
  }
})

test('an issue is a page to read, with its comments', async () => {
  const { text } = await look(stage(), 'maya', '/browse/ALPHA-7')
  expect(text).toContain('Two guests can book the same berth at the same moment')
  expect(text).toContain('one_boat_a_night')
  expect(text).toContain('For us only')
  expect(text).toContain('This is a simulator')
  expect(text).toContain('You are here as <strong>Maya Lindqvist</strong>')
})

test('pages show no more than the person may see', async () => {
  const at = stage()
  expect((await look(at, 'priya', '/browse/ALPHA-7')).text).not.toContain('For us only')
  expect((await look(at, 'priya', '/browse/HIRE-2')).status).toBe(404)
  expect((await look(at, 'jonas', '/browse/HIRE-2')).status).toBe(200)
  expect((await look(at, 'sam', '/wiki')).text).not.toContain('Engineering')
})

test('a page of the wiki is found by its long and its short address', async () => {
  const at = stage()
  const { body } = await at.wiki('maya')('/wiki/api/v2/pages?title=Q2%20Planning')
  const { webui, tinyui } = linksIn(body.results[0])
  for (const path of [webui, tinyui]) {
    const { status, text } = await look(at, 'sam', `/wiki${path}`)
    expect(status).toBe(200)
    expect(text).toContain('Numbers we watch')
    expect(text).not.toContain('budget and headcount')
  }
  expect((await look(at, 'grace', `/wiki${webui}`)).text).toContain('budget and headcount')
  expect((await look(at, 'maya', '/wiki/spaces/PROD')).text).toContain('Product home')
  expect((await look(at, 'sam', '/wiki/spaces/LEAD/overview')).status).toBe(404)
})

test('the start pages say what this is and where things are', async () => {
  const at = stage()
  const start = await at.send('https://api.atlassian.com/')
  expect(start.text).toContain('Brightwater')
  expect(start.text).toContain('Grace Okafor')
  const home = await look(at, 'sam', '/')
  expect(home.text).toContain('Website')
  expect(home.text).not.toContain('Hiring')
  expect((await look(at, 'sam', '/nowhere')).status).toBe(404)
})

test('what people wrote is shown as text and never runs', async () => {
  const at = stage()
  const fields = {
    project: { key: 'ALPHA' },
    issuetype: { name: 'Task' },
    summary: '<script>alert(1)</script>',
    description: {
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: '<img src=x>' },
            { type: 'text', text: 'link', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
          ],
        },
      ],
    },
  }
  await at.jira('maya')('/rest/api/3/issue', { method: 'POST', body: { fields } })
  const { text } = await look(at, 'maya', '/browse/ALPHA-35')
  expect(text).not.toContain('<script')
  expect(text).not.toContain('<img src=x>')
  expect(text).not.toContain('javascript:')
})

test('people have a picture with their initials', async () => {
  const at = stage()
  const { body } = await at.jira('maya')('/rest/api/3/myself')
  const { status, text, headers } = await at.send(body.avatarUrls['48x48'])
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(text).toContain('>ML</text>')
})

test('a request is a page for its customer, without what agents say among themselves', async () => {
  const at = stage()
  const path = '/servicedesk/customer/portal/1/HELP-1'
  const { text } = await look(at, 'maya', path)
  expect(text).toContain('Arrivals list is empty on the tablet')
  expect(text).toContain('Waiting for you')
  expect(text).toContain('Offline since 04:12')
  expect(text).not.toContain('The router again')
  expect(text).toContain('href="/browse/HELP-1"')
  expect((await look(at, 'jonas', path)).status).toBe(404)
  const own = await look(at, 'sam', '/servicedesk/customer/portal/1/HELP-5')
  expect(own.text).toContain('For the page about the pilot')
  expect(own.text).not.toContain('/browse/HELP-5')
})

test('an issue page names the sprints', async () => {
  expect((await look(stage(), 'jonas', '/browse/QUAY-5')).text).toContain('Quay 1, Quay 2')
})

test('a page of the wiki has its files, and looking at it counts as a view', async () => {
  const at = stage()
  const ask = at.wiki('priya')
  const query = { title: 'Incident review: double booking on the north pier' }
  const [page] = (await ask('/wiki/api/v2/pages', { query })).body.results
  const views = async (): Promise<number> =>
    (await ask(`/wiki/rest/api/analytics/content/${page.id}/views`)).body.count
  const before = await views()
  const { text } = await look(at, 'priya', `/wiki${linksIn(page).webui}`)
  const file = /href="(\/wiki\/download\/attachments\/[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await views()).toBe(before + 1)
  const bytes = await look(at, 'priya', file)
  expect([bytes.headers.get('content-type'), bytes.text]).toEqual([
    'image/svg+xml',
    expect.stringContaining('<svg'),
  ])
  expect(bytes.headers.get('content-security-policy')).toContain('sandbox')
  expect((await look(at, 'sam', file)).status).toBe(404)
})
