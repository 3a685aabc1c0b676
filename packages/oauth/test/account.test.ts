import { describe, expect, it } from 'vitest'

import { createMemoryAuthStore } from '../src/index.ts'
import type { AuthorizationServerOptions, AuthStore } from '../src/index.ts'
import { createBench, issuer, resource, type Bench } from './bench/bench.ts'
import type { Browser, Visit } from './bench/browser.ts'
import { minute } from './bench/clock.ts'
import { connect, openConsent, redirectUri, refreshWith, register } from './bench/flow.ts'
import { ada, grace } from './bench/upstream.ts'

const account = `${issuer}/account`
const stopAt = [redirectUri]

const signIn = async (browser: Browser): Promise<Visit> =>
  browser.submit(await browser.open(account), { do: 'sign_in' })

/** A button, and the grant it is about. */
interface Press {
  readonly does: string
  readonly grant?: string | undefined
}

/** Sends one of the many forms of the page. */
function press(browser: Browser, page: Visit, { does, grant }: Press): Promise<Visit> {
  const forms = [...page.body.matchAll(/<form.*?<\/form>/gs)].map(([form]) => form)
  const wanted = forms.find(
    (form) => form.includes(`value="${does}"`) && (grant === undefined || form.includes(grant)),
  )
  return browser.submit({ ...page, body: wanted ?? '' }, { do: does })
}

async function start(options: Partial<AuthorizationServerOptions> = {}) {
  const bench = createBench(options)
  const clients = [
    await register(bench, { client_name: 'Editor' }),
    await register(bench, { client_name: 'Chat' }),
  ]
  const [one, two] = [
    await connect(bench, clients[0] ?? { client_id: '' }),
    await connect(bench, clients[1] ?? { client_id: '' }),
  ]
  return { bench, one, two, clients }
}

const works = async (bench: Bench, token: string) => (await bench.server.verify(token, resource)).ok

describe('the account page', () => {
  it('asks who is there before it shows anything, and asks upstream for no permission', async () => {
    const { bench } = await start()
    const browser = bench.browser()
    const page = await browser.open(account)
    expect(page.response.status).toBe(200)
    expect(page.body).not.toContain('Editor')
    const signedIn = await signIn(browser)
    expect(signedIn.url.pathname).toBe('/account')
    expect(signedIn.body).toContain('You are signed in as Ada Lovelace.')
    expect(bench.upstream.begun.at(-1)).toEqual([])
    expect(bench.upstream.kept.size).toBe(2)
  })

  it('lists clients with what they may do, and when they were used', async () => {
    const { bench, one } = await start()
    bench.clock.pass(5 * minute)
    await bench.server.verify(one.access_token, resource)
    bench.clock.pass(2 * minute)
    const { body } = await signIn(bench.browser())
    expect(body).toContain('<h2 id="grant-')
    expect(body).toMatch(/Editor<\/h2>.*?Last used <time datetime="[^"]+">2 minutes ago</s)
    expect(body).toMatch(/Chat<\/h2>.*?connected <time datetime="[^"]+">7 minutes ago</s)
    expect(body).toContain('Create and change issues')
  })

  it('shows nobody else’s', async () => {
    const { bench } = await start()
    bench.upstream.become(grace)
    expect((await signIn(bench.browser())).body).toContain('No client is connected')
  })

  it('ends one connection, and leaves the other', async () => {
    const { bench, one, two, clients } = await start()
    const browser = bench.browser()
    const page = await signIn(browser)
    const grants = await bench.server.grants.list('person-ada')
    const first = grants.find(({ clientName }) => clientName === 'Editor')
    const after = await press(browser, page, { does: 'end', grant: first?.grantId })
    expect(after.body).toContain('The connection was ended.')
    expect(after.body).not.toContain('Editor')
    expect([await works(bench, one.access_token), await works(bench, two.access_token)]).toEqual([
      false,
      true,
    ])
    expect((await refreshWith(bench, clients[0] ?? { client_id: '' }, one.refresh_token)).status).toBe(400)
    expect(bench.upstream.forgotten).toEqual([{ grantId: first?.grantId, reason: 'person' }])
  })

  it('ends all', async () => {
    const { bench, one, two } = await start()
    const browser = bench.browser()
    const after = await press(browser, await signIn(browser), { does: 'end_all' })
    expect(after.body).toContain('All connections were ended.')
    expect([await works(bench, one.access_token), await works(bench, two.access_token)]).toEqual([
      false,
      false,
    ])
  })

  it('ends nothing that is somebody else’s, whatever the form says', async () => {
    const { bench, one } = await start()
    const [grant] = await bench.server.grants.list('person-ada')
    bench.upstream.become(grace)
    const browser = bench.browser()
    const page = await signIn(browser)
    const forged = page.body.replace(
      'value="sign_out"',
      `value="end"><input type="hidden" name="grant" value="${grant?.grantId}"`,
    )
    await press(browser, { ...page, body: forged }, { does: 'end' })
    expect(await works(bench, one.access_token)).toBe(true)
  })

  it('forgets who was there after a quarter of an hour, and when asked to', async () => {
    const { bench } = await start()
    const browser = bench.browser()
    const page = await signIn(browser)
    bench.clock.pass(15 * minute)
    expect((await press(browser, page, { does: 'end_all' })).body).toContain(
      'You are signed out of this page',
    )
    const again = await signIn(browser)
    expect((await press(browser, again, { does: 'sign_out' })).body).toContain('Sign in with Atlassian')
    expect(await bench.server.grants.list('person-ada')).toHaveLength(2)
  })

  it('can be had in another language, moments included', async () => {
    const { bench } = await start({
      pages: { texts: { language: 'de', accountTitle: 'Deine Verbindungen' } },
    })
    bench.clock.pass(3 * minute)
    const { body } = await signIn(bench.browser())
    expect(body).toContain('<html lang="de">')
    expect(body).toContain('>vor 3 Minuten<')
  })
})

describe('T24 forms of the account page', () => {
  it.each([
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['without the proof', { csrf: '' }, {}],
  ])('%s change nothing', async (_, change, headers) => {
    const { bench } = await start()
    const browser = bench.browser()
    const page = await signIn(browser)
    const form = /<form.*?value="end_all".*?<\/form>/s.exec(page.body)?.[0] ?? ''
    const last = form.slice(form.lastIndexOf('<form'))
    const answer = await browser.submit({ ...page, body: last }, { do: 'end_all', ...change }, { headers })
    expect(answer.response.status).toBe(403)
    expect(await bench.server.grants.list('person-ada')).toHaveLength(2)
  })

  it('are for the browser that signed in: its cookie is worth nothing elsewhere', async () => {
    const { bench } = await start()
    const browser = bench.browser()
    await signIn(browser)
    const thief = bench.browser()
    await thief.open(account)
    thief.cookies.set('__Host-telamon-account', browser.cookies.get('__Host-telamon-account') ?? '')
    expect((await thief.open(account)).body).toContain('Sign in with Atlassian')
  })

  it('T22 begun in one browser sign nobody in in another', async () => {
    const { bench } = await start()
    const attacker = bench.browser()
    const sent = await attacker.submit(
      await attacker.open(account),
      { do: 'sign_in' },
      { stopAt: [`${issuer}/callback`] },
    )
    const victim = bench.browser()
    expect((await victim.open(sent.url)).response.status).toBe(403)
    expect((await victim.open(account)).body).toContain('Sign in with Atlassian')
  })

  it('T20 are no way to a code: consent does not know the requests behind them', async () => {
    const memory = createMemoryAuthStore()
    const ids: string[] = []
    const store: AuthStore = {
      ...memory,
      putTx(tx, options) {
        ids.push(tx.id)
        return memory.putTx(tx, options)
      },
    }
    const bench = createBench({ store })
    const browser = bench.browser()
    const stop = { stopAt: [bench.upstream.origin] }
    await browser.submit(await browser.open(account), { do: 'sign_in' }, stop)
    expect(ids).toHaveLength(1)
    expect((await browser.open(`${issuer}/consent?tx=${ids[0]}`)).body).toContain('This sign-in is over')
  })
})

async function startBroken() {
  const world = await start({
    describeAccount: async ({ grants }) => ({
      choices: new Map(
        grants.map(({ grantId, clientName }) => [
          grantId,
          [{ label: 'One', reached: clientName !== 'Editor' }],
        ]),
      ),
      budgets: [{ label: 'Calls this minute', value: '12 of 60' }],
    }),
  })
  const browser = world.bench.browser()
  const page = await signIn(browser)
  const grants = await world.bench.server.grants.list('person-ada')
  const editor = grants.find(({ clientName }) => clientName === 'Editor')?.grantId ?? ''
  return { ...world, browser, page, editor }
}

describe('a connection that no longer reaches everything', () => {
  it('says so, and what is used', async () => {
    const { page } = await startBroken()
    expect(page.body).toContain('not reachable')
    expect(page.body.match(/Connect to Atlassian again for/g)).toEqual(['Connect to Atlassian again for'])
    expect(page.body).toContain('<dt>Calls this minute</dt><dd>12 of 60</dd>')
  })

  it('is made again under the same grant, without a word of the client', async () => {
    const { bench, browser, page, editor, one } = await startBroken()
    const before = bench.upstream.kept.get(editor)
    const after = await press(browser, page, { does: 'reconnect', grant: editor })
    expect(after.body).toContain('The connection works again.')
    expect(bench.upstream.begun.at(-1)).toEqual([
      'jira:read',
      'jira:write',
      'confluence:read',
      'confluence:write',
    ])
    expect(bench.upstream.kept.get(editor)).not.toBe(before)
    expect(await works(bench, one.access_token)).toBe(true)
  })

  it('is not made again by somebody else, nor without any of its sites', async () => {
    const { bench, browser, page, editor } = await startBroken()
    const before = bench.upstream.kept.get(editor)
    bench.upstream.become(grace)
    expect((await press(browser, page, { does: 'reconnect', grant: editor })).body).toContain(
      'could not be made again',
    )
    bench.upstream.become({ ...ada, choices: [{ id: 'site-three', label: 'Three' }] })
    expect((await press(browser, page, { does: 'reconnect', grant: editor })).body).toContain(
      'could not be made again',
    )
    expect(bench.upstream.kept.get(editor)).toBe(before)
  })

  it('that cannot be described is shown all the same', async () => {
    const { bench } = await start({ describeAccount: () => Promise.reject(new Error('down')) })
    expect((await signIn(bench.browser())).body).toContain('Editor')
    expect(bench.events).toContainEqual(expect.objectContaining({ type: 'failed', where: 'describeAccount' }))
  })
})

describe('the consent page', () => {
  it('lets a product be left out', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    await browser.submit(page, { access: 'write', decision: 'approve', group: 'Jira' }, { stopAt })
    expect(bench.upstream.begun).toEqual([['jira:read', 'jira:write']])
  })

  it('comes back when every product was left out', async () => {
    const bench = createBench()
    const { browser, page } = await openConsent(bench, await register(bench))
    const again = await browser.submit(page, { access: 'write', decision: 'approve', group: [] })
    expect(again.response.status).toBe(400)
    expect(again.body).toContain('Choose at least one product.')
    const back = await browser.submit(again, { decision: 'approve' }, { stopAt })
    expect(back.url.searchParams.get('code')).toBeTruthy()
  })

  it('says of each upstream name which choice takes it away', async () => {
    const bench = createBench()
    const { page } = await openConsent(bench, await register(bench))
    const names = [...page.body.matchAll(/<li class="([^"]*)">(upstream-[a-z-]+)</g)].map(
      ([, classes, name]) => [name, classes],
    )
    expect(names).toEqual([
      ['upstream-jira-read', 'g0'],
      ['upstream-jira-write', 'changes g0'],
      ['upstream-confluence-read', 'g1'],
      ['upstream-confluence-write', 'changes g1'],
    ])
  })

  it('marks what a client did not ask for before, in this browser', async () => {
    const bench = createBench()
    const client = await register(bench)
    const browser = bench.browser()
    const first = await openConsent(bench, client, { browser, change: { scope: 'jira:read' } })
    expect(first.page.body).not.toContain('>New<')
    await browser.submit(first.page, { decision: 'approve' }, { stopAt })
    const second = await openConsent(bench, client, { browser, change: { scope: 'jira:write' } })
    expect(second.page.body).toMatch(/See issues and projects<\/li>/)
    expect(second.page.body).toMatch(/Create and change issues <span class="badge good">New</)
    const stranger = await openConsent(bench, client, { change: { scope: 'jira:write' } })
    expect(stranger.page.body).not.toContain('>New<')
  })
})
