import { beforeEach, describe, expect, it } from 'vitest'

import { createBench, issuer, resource, type Bench } from './bench/bench.ts'
import type { Visit } from './bench/browser.ts'
import { minute } from './bench/clock.ts'
import { openConsent, redeemBody, redirectUri, register, tokensOf } from './bench/flow.ts'
import { grace } from './bench/upstream.ts'

const stopAt = [redirectUri]
const choose = (...choice: readonly string[]) => ({ decision: 'approve', choice })

let bench: Bench
beforeEach(() => {
  bench = createBench()
  bench.upstream.become(grace)
})

/** A browser whose person has signed in and reaches two sites. */
async function atChoice() {
  const client = await register(bench)
  const { browser, page, verifier } = await openConsent(bench, client)
  const choice = await browser.submit(page, { access: 'write', decision: 'approve' }, { stopAt })
  expect(choice.url.pathname).toBe('/sites')
  return { browser, page: choice, verifier, client }
}

const codeOf = ({ url }: Visit) => url.searchParams.get('code') ?? ''

describe('choosing sites', () => {
  it('is offered when there is more than one, and nothing is chosen beforehand', async () => {
    const { page } = await atChoice()
    expect(page.response.status).toBe(200)
    for (const text of ['Grace Hopper', 'one.example', 'two.example']) expect(page.body).toContain(text)
    expect(page.body).not.toMatch(/<input[^>]* checked/)
  })

  it('limits the grant to what was chosen', async () => {
    const { browser, page, verifier, client } = await atChoice()
    const back = await browser.submit(page, choose('site-two'), { stopAt })
    const tokens = await tokensOf(
      await bench.post(
        '/token',
        redeemBody({
          url: back.url,
          code: codeOf(back),
          verifier,
          clientId: client.client_id,
          redirectUri,
          browser,
        }),
      ),
    )
    const verdict = await bench.server.verify(tokens.access_token, resource)
    expect(verdict).toMatchObject({ ok: true, grant: { choices: ['site-two'] } })
    expect(browser.cookies.has('__Host-telamon-login')).toBe(false)
  })

  it('asks again when nothing was chosen', async () => {
    const { browser, page } = await atChoice()
    const again = await browser.submit(page, choose())
    expect(again.response.status).toBe(400)
    expect(again.body).toContain('Choose at least one site.')
    expect(codeOf(await browser.submit(again, choose('site-one', 'site-two'), { stopAt }))).toBeTruthy()
  })

  it('T64 takes nothing that was not offered', async () => {
    const { browser, page } = await atChoice()
    for (const strange of [choose('site-three'), choose('site-one', 'site-three'), choose('__proto__')])
      expect((await browser.submit(page, strange)).response.status).toBe(400)
    expect(bench.calls.get('takePending')).toBeUndefined()
    expect(codeOf(await browser.submit(page, choose('site-one'), { stopAt }))).toBeTruthy()
  })

  it('T64 is for the browser that signed in', async () => {
    const { browser, page } = await atChoice()
    const thief = bench.browser()
    expect((await thief.open(page.url)).response.status).toBe(403)
    expect((await thief.submit(page, choose('site-one'))).response.status).toBe(403)
    expect(bench.upstream.kept.size).toBe(0)
    expect(codeOf(await browser.submit(page, choose('site-one'), { stopAt }))).toBeTruthy()
  })

  it('T64 is good once, and for ten minutes', async () => {
    const first = await atChoice()
    await first.browser.submit(first.page, choose('site-one'), { stopAt })
    expect((await first.browser.submit(first.page, choose('site-one'))).response.status).toBe(400)
    const late = await atChoice()
    bench.clock.pass(10 * minute)
    expect((await late.browser.open(late.page.url)).response.status).toBe(400)
    expect((await late.browser.submit(late.page, choose('site-one'))).response.status).toBe(400)
  })

  it('T24 takes no form from elsewhere', async () => {
    const { browser, page } = await atChoice()
    const elsewhere = { headers: { 'sec-fetch-site': 'cross-site' } }
    expect((await browser.submit(page, choose('site-one'), elsewhere)).response.status).toBe(403)
    expect((await browser.submit(page, { ...choose('site-one'), csrf: 'x' })).response.status).toBe(403)
  })

  it('can be refused', async () => {
    const { browser, page } = await atChoice()
    const back = await browser.submit(page, { decision: 'deny' }, { stopAt })
    expect(back.url.searchParams.get('error')).toBe('access_denied')
    expect((await browser.open(page.url)).response.status).toBe(400)
    expect(bench.upstream.kept.size).toBe(0)
  })

  it('T64 leaves nothing behind once it is swept', async () => {
    const { page } = await atChoice()
    const id = page.url.searchParams.get('id') ?? ''
    bench.clock.pass(10 * minute)
    await bench.server.sweep()
    expect(await bench.store.getPending(id, 0)).toBeUndefined()
  })

  it('T27 shows names as text', async () => {
    bench.upstream.become({
      ...grace,
      label: '<b>Grace</b>',
      choices: [
        { id: '"><script>', label: '<img src=x>', detail: '\u202Ecom.evil' },
        { id: 'two', label: 'Two' },
      ],
    })
    const { page } = await atChoice()
    expect(page.body).not.toMatch(/<(?:script|img|b)[ >]/)
    expect(page.body).toContain('com.evil')
    expect(page.body).not.toContain('\u202E')
  })

  it('knows only its own ids', async () => {
    for (const id of ['', 'x', 'x'.repeat(43)])
      expect((await bench.browser().open(`${issuer}/sites?id=${id}`)).response.status).toBe(400)
  })
})
