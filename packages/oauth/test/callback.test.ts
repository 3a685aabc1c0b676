import { describe, expect, it } from 'vitest'

import { createBench, issuer, type Bench } from './bench/bench.ts'
import type { Browser } from './bench/browser.ts'
import { minute } from './bench/clock.ts'
import { openConsent, redirectUri, register } from './bench/flow.ts'

const stopAt = [redirectUri]
const approve = { access: 'write', decision: 'approve' }

/** A browser that has been to the sign-in and is about to come back. */
async function atCallback(bench: Bench, browser: Browser = bench.browser()) {
  const { page } = await openConsent(bench, await register(bench), { browser })
  const { url } = await browser.submit(page, approve, { stopAt: [`${issuer}/callback`] })
  return { browser, url, page }
}

describe('who comes back', () => {
  it('T21 another browser gets no code, and the state is burnt', async () => {
    const bench = createBench()
    const attacker = await atCallback(bench)
    const victim = bench.browser()
    await victim.open(attacker.page.url)
    const foreign = await victim.open(attacker.url)
    expect(foreign.response.status).toBe(403)
    expect(foreign.response.headers.get('location')).toBeNull()
    expect(foreign.body).toContain('This sign-in began in another browser')
    expect((await attacker.browser.open(attacker.url)).response.status).toBe(400)
    expect(bench.upstream.kept.size).toBe(0)
    expect(bench.events).toContainEqual({ type: 'security', what: 'foreign_browser' })
  })

  it('T22 a browser that has approved something of its own cannot complete what another began', async () => {
    const bench = createBench()
    const [attacker, victim] = [await atCallback(bench), await atCallback(bench)]
    expect((await victim.browser.open(attacker.url)).response.status).toBe(403)
    expect((await victim.browser.open(victim.url, { stopAt })).url.searchParams.get('code')).toBeTruthy()
  })

  it('T22 a login cookie that was planted before the approval is replaced, and of no use', async () => {
    const bench = createBench()
    const attacker = await atCallback(bench)
    const planted = attacker.browser.cookies.get('__Host-telamon-login') ?? ''
    const browser = bench.browser()
    browser.cookies.set('__Host-telamon-login', planted)
    const victim = await atCallback(bench, browser)
    const now = browser.cookies.get('__Host-telamon-login') ?? ''
    expect(now).not.toContain(planted)
    expect((await browser.open(attacker.url)).response.status).toBe(403)
    expect((await browser.open(victim.url, { stopAt })).url.searchParams.get('code')).toBeTruthy()
  })

  it('T58 only the cookie that a sibling cannot set counts on https', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    for (const name of ['telamon-login', 'telamon-browser']) {
      browser.cookies.set(name, browser.cookies.get(`__Host-${name}`) ?? '')
      browser.cookies.delete(`__Host-${name}`)
    }
    expect((await browser.open(url)).response.status).toBe(403)
  })

  it('T58 on loopback without TLS a twin of each cookie counts as well, since Safari refuses Secure ones there', async () => {
    const local = 'http://127.0.0.1:8080'
    const bench = createBench({ issuer: local })
    const response = await bench.postJson('/register', { redirect_uris: [redirectUri] })
    const client: unknown = await response.json()
    const browser = bench.browser()
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: String(
        client && typeof client === 'object' && 'client_id' in client ? client.client_id : '',
      ),
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    })
    const page = await browser.open(`${local}/authorize?${query.toString()}`)
    expect(page.response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-telamon-browser=.*; Secure$/),
      expect.stringMatching(/^telamon-browser=[^;]*; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
    for (const name of browser.cookies.keys()) if (name.startsWith('__Host-')) browser.cookies.delete(name)
    const back = await browser.submit(page, approve, { stopAt: [...stopAt, `${local}/callback`] })
    for (const name of browser.cookies.keys()) if (name.startsWith('__Host-')) browser.cookies.delete(name)
    expect((await browser.open(back.url, { stopAt })).url.searchParams.get('code')).toBeTruthy()
  })
})

describe('T23 what comes back', () => {
  it('is good once', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    const states = [await browser.open(url, { stopAt }), await browser.open(url, { stopAt })]
    expect(states.map(({ response }) => response.status)).toEqual([303, 400])
  })

  it('is good for ten minutes', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    bench.clock.pass(10 * minute)
    expect((await browser.open(url)).response.status).toBe(400)
  })

  it('has to hold exactly one state of ours', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    const state = url.searchParams.get('state') ?? ''
    bench.calls.clear()
    for (const query of [
      '',
      'code=x',
      'state=',
      'state=short',
      `state=${'x'.repeat(5000)}`,
      `state=${state}&state=${state}`,
    ])
      expect((await browser.open(`${issuer}/callback?${query}`)).response.status).toBe(400)
    expect(bench.calls.get('takeState')).toBeUndefined()
    expect((await browser.open(`${issuer}/callback?state=${'x'.repeat(43)}`)).response.status).toBe(400)
  })
})

describe('when the sign-in fails', () => {
  it.each([
    ['denied', 'access_denied'],
    ['unavailable', 'temporarily_unavailable'],
    ['misconfigured', 'server_error'],
    [new Error('upstream says: <secret words>'), 'temporarily_unavailable'],
  ] as const)('the client learns of %s, and nothing of what the upstream said', async (fails, error) => {
    const bench = createBench()
    bench.upstream.become({ fails })
    const { browser, url } = await atCallback(bench)
    const back = await browser.open(url, { stopAt })
    expect(back.url.searchParams.get('error')).toBe(error)
    expect(back.url.searchParams.get('state')).toBe('state of the client')
    expect(back.url.searchParams.get('iss')).toBe(issuer)
    expect(back.url.href).not.toContain('secret')
    expect(browser.cookies.has('__Host-telamon-login')).toBe(false)
    expect(bench.upstream.kept.size).toBe(0)
  })

  it('before it began, the client learns of that too', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    bench.upstream.faults.begin = Object.assign(new Error('no such app'), { code: 'misconfigured' })
    const back = await browser.submit(page, approve, { stopAt })
    expect(back.url.searchParams.get('error')).toBe('server_error')
    bench.upstream.faults.begin = new Error('a fault')
    const broken = await browser.submit(page, approve, { stopAt })
    expect(broken.response.status).toBe(503)
  })

  it('after it was done, what was kept is taken back', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    bench.upstream.faults.keep = new Error('disk full')
    const back = await browser.open(url, { stopAt })
    expect(back.url.searchParams.get('error')).toBe('temporarily_unavailable')
    expect(bench.upstream.forgotten.map(({ reason }) => reason)).toEqual(['abandoned'])
    expect(await bench.server.grants.list('person-ada')).toEqual([])
  })

  it('and the store fails, a page says so', async () => {
    const bench = createBench()
    const { browser, url } = await atCallback(bench)
    const broken = createBench({
      store: { ...bench.store, createGrant: () => Promise.reject(new Error('secret path')) },
      now: bench.clock.now,
      signIn: bench.upstream.signIn,
    })
    const response = await broken.send(
      new Request(url, {
        headers: { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
      }),
    )
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBeTruthy()
    expect(await response.text()).not.toContain('secret')
    expect(broken.events).toContainEqual(expect.objectContaining({ type: 'failed', where: '/callback' }))
    bench.clock.pass(10 * minute)
    await bench.server.sweep()
    expect(bench.upstream.kept.size).toBe(0)
  })
})
