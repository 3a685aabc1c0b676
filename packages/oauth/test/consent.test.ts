import { describe, expect, it } from 'vitest'

import { createBench, issuer } from './bench/bench.ts'
import { readForm } from './bench/browser.ts'
import { openConsent, redirectUri, register, signIn } from './bench/flow.ts'

const stopAt = [redirectUri]
const approve = { access: 'write', decision: 'approve' }

describe('consent comes first', () => {
  it('T20 every request leads to our page before it leads to the sign-in', async () => {
    const bench = createBench()
    const client = await register(bench)
    const browser = bench.browser()
    await signIn(bench, client, { browser })
    const { page } = await openConsent(bench, client, { browser })
    expect(page.url.pathname).toBe('/consent')
    expect(page.response.status).toBe(200)
    const { trail } = browser
    const asked = trail.findIndex((line) => line.includes('/consent'))
    const left = trail.findIndex((line) => line.includes('sign-in.example'))
    expect(asked).toBeGreaterThan(-1)
    expect(left).toBeGreaterThan(asked)
  })

  it('no login cookie is set before the approval', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    expect([...browser.cookies.keys()]).toEqual(['__Host-telamon-browser'])
    expect(page.response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-telamon-browser=[A-Za-z0-9_-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ])
  })

  it('a refusal goes back to the client and ends the request', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const back = await browser.submit(page, { decision: 'deny' }, { stopAt })
    expect(Object.fromEntries(back.url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'state of the client',
      iss: issuer,
    })
    expect((await browser.submit(page, approve)).response.status).toBe(400)
    expect(bench.upstream.begun).toEqual([])
  })
})

describe('T24 answers for somebody else', () => {
  it.each([
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling', {}, { 'sec-fetch-site': 'same-site' }],
    ['with a foreign origin', {}, { origin: 'https://evil.example' }],
    ['without the proof', { csrf: '' }, {}],
    ['with a wrong proof', { csrf: 'x'.repeat(43) }, {}],
  ])('%s are refused', async (_, change, headers) => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const answer = await browser.submit(page, { ...approve, ...change }, { headers })
    expect(answer.response.status).toBe(403)
    expect(answer.response.headers.getSetCookie()).toEqual([])
    expect(bench.calls.get('putLogin')).toBeUndefined()
    expect(bench.events).toContainEqual({ type: 'security', what: 'cross_site_form' })
    expect((await browser.submit(page, approve, { stopAt })).url.searchParams.get('code')).toBeTruthy()
  })

  it('with the proof of another request are refused', async () => {
    const bench = createBench()
    const client = await register(bench)
    const { browser, page } = await openConsent(bench, client)
    const other = await openConsent(bench, client, { browser })
    const csrf = readForm(other.page).fields.get('csrf') ?? ''
    expect((await browser.submit(page, { ...approve, csrf })).response.status).toBe(403)
  })

  it('with the proof that another browser was shown are refused', async () => {
    const bench = createBench()
    const { page } = await openConsent(bench, await register(bench))
    const victim = bench.browser()
    await victim.open(page.url)
    expect((await victim.submit(page, approve)).response.status).toBe(403)
    expect((await bench.browser().submit(page, approve)).response.status).toBe(403)
  })

  it('are told apart by the proof alone in browsers that send neither header', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const { action, fields } = readForm(page)
    const send = (csrf: string) =>
      bench.send(
        new Request(action, {
          method: 'POST',
          body: new URLSearchParams({ tx: fields.get('tx') ?? '', csrf, ...approve }),
          headers: { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        }),
      )
    expect((await send('wrong')).status).toBe(403)
    expect((await send(fields.get('csrf') ?? '')).status).toBe(303)
  })
})

describe('one page, several tabs', () => {
  it('T25 opening the page twice spoils neither', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const again = await browser.open(page.url)
    expect(readForm(again).fields.get('csrf')).toBe(readForm(page).fields.get('csrf'))
    const back = await browser.submit(page, approve, { stopAt })
    expect(back.url.searchParams.get('code')).toBeTruthy()
  })

  it('T65 two approvals of one page give one code, to whichever comes back first', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const toCallback = { stopAt: [`${issuer}/callback`] }
    const first = await browser.submit(page, approve, toCallback)
    const second = await browser.submit(page, approve, toCallback)
    const done = await browser.open(first.url, { stopAt })
    expect(done.url.searchParams.get('code')).toBeTruthy()
    const late = await browser.open(second.url, { stopAt })
    expect(late.response.status).toBe(400)
    expect(late.body).toContain('This sign-in is over')
    expect(await bench.server.grants.list('person-ada')).toHaveLength(1)
  })

  it('two clients can be connected side by side', async () => {
    const bench = createBench()
    const browser = bench.browser()
    const toCallback = { stopAt: [`${issuer}/callback`] }
    const visits = []
    for (const _ of [1, 2]) {
      const { page } = await openConsent(bench, await register(bench), { browser })
      visits.push(await browser.submit(page, approve, toCallback))
    }
    for (const { url } of visits)
      expect((await browser.open(url, { stopAt })).url.searchParams.get('code')).toBeTruthy()
    expect([...browser.cookies.keys()]).toEqual(['__Host-telamon-browser', '__Host-telamon-granted'])
  })

  it('a page that was approved and completed is over', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    await browser.submit(page, approve, { stopAt })
    expect((await browser.open(page.url)).response.status).toBe(400)
    expect((await browser.submit(page, approve)).response.status).toBe(400)
  })
})

async function begunWith(access: string) {
  const bench = createBench()
  await signIn(bench, await register(bench), { access })
  return bench.upstream.begun[0]
}

describe('what a person may leave away', () => {
  it('is everything that changes something', async () => {
    expect(await begunWith('read')).toEqual(['jira:read', 'confluence:read'])
    expect(await begunWith('write')).toHaveLength(4)
  })

  it('is left away when the form does not say', async () => {
    expect(await begunWith('')).toEqual(['jira:read', 'confluence:read'])
    expect(await begunWith('everything')).toEqual(['jira:read', 'confluence:read'])
  })

  it('cannot be added', async () => {
    const bench = createBench()
    await signIn(bench, await register(bench), { change: { scope: 'jira:read' }, access: 'write' })
    expect(bench.upstream.begun[0]).toEqual(['jira:read'])
  })
})

async function bodyFor(metadata: Readonly<Record<string, unknown>>, change = {}) {
  const bench = createBench()
  return (await openConsent(bench, await register(bench, metadata), { change })).page.body
}

describe('what the page says', () => {
  it('T28 shows where a client leads and that nobody vouches for its name', async () => {
    const body = await bodyFor(
      { client_name: 'Claude', redirect_uris: ['https://evil.example/cb'] },
      { redirect_uri: 'https://evil.example/cb' },
    )
    expect(body).toContain('<strong class="place">evil.example</strong>')
    expect(body).toContain('Not verified')
    expect(body).toContain('It registered itself today and chose this name itself.')
  })

  it('warns of addresses on this computer', async () => {
    expect(await bodyFor({})).toContain('Continue only if you started this yourself')
  })

  it('names the scheme of an app', async () => {
    const uri = 'cursor://anysphere.cursor-mcp/oauth/callback'
    expect(await bodyFor({ redirect_uris: [uri] }, { redirect_uri: uri })).toContain(
      '<strong class="place">cursor:</strong>',
    )
  })

  it('says what may be done and what will be asked for upstream', async () => {
    const body = await bodyFor({})
    for (const text of [
      'See issues and projects',
      'Create and change pages',
      'upstream-jira-write',
      'Continue to Atlassian',
    ])
      expect(body).toContain(text)
    expect(body).not.toContain('Stay signed in')
  })

  it('offers no choice to a client that only reads', async () => {
    const body = await bodyFor({}, { scope: 'jira:read' })
    expect(body).toContain('It did not ask to change anything')
    expect(body).not.toContain('type="radio"')
  })

  it.each([
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '</title><script>alert(1)</script>',
    '{client}{provider}',
    '&lt;script&gt;',
  ])('T27 shows a name as text: %s', async (name) => {
    const body = await bodyFor({ client_name: name })
    expect(body.match(/<(?:script|img)/g)).toBeNull()
    expect(body).not.toMatch(/<[^>]*\son\w+=/)
    const shown = name.replace(
      /[&<>"']/g,
      (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[character] ?? ''};`,
    )
    expect(body).toContain(`<span class="name">${shown}</span>`)
  })

  it('T27 takes control, invisible and bidirectional characters out of names, and cuts long ones', async () => {
    const hostile = `Cla\u202Eude\u0000\u200B \n\t by\u2066 An\u00ADthropic${'\u0301'.repeat(50)}`
    const body = await bodyFor({ client_name: hostile })
    expect(body).toContain('Claude by Anthropic\u0301\u0301</span>')
    const long = await bodyFor({ client_name: 'x'.repeat(1999) })
    expect(long).toContain(`>${'x'.repeat(79)}…<`)
    expect(long).not.toContain('x'.repeat(80))
    expect(
      (
        await createBench().postJson('/register', {
          client_name: 'x'.repeat(10_000),
          redirect_uris: ['https://a.example/cb'],
        })
      ).status,
    ).toBe(400)
  })

  it('T27 returns the state byte for byte, and shows it nowhere', async () => {
    const state = `"><script>\u202E&iss=evil%00+ é${'x'.repeat(50)}`
    const bench = createBench()
    const client = await register(bench)
    const { page, browser } = await openConsent(bench, client, { change: { state } })
    expect(page.body).not.toContain('iss=evil')
    const back = await browser.submit(page, approve, { stopAt })
    expect(back.url.searchParams.get('state')).toBe(state)
    expect(back.url.searchParams.getAll('iss')).toEqual([issuer])
  })
})
