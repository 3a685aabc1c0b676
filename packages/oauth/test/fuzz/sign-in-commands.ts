import { createHash, randomBytes } from 'node:crypto'

import * as z from 'zod'

import { issuer, resource, scopes } from '../bench/bench.ts'
import type { Visit } from '../bench/browser.ts'
import { minute } from '../bench/clock.ts'
import { hold } from './expect.ts'
import type { OpenPage, Somebody, World } from './world.ts'

const redirectUri = 'http://localhost:7777/callback'
const stopAt = [redirectUri]
const askable = [
  'jira:read',
  'jira:read jira:write',
  'jira:write confluence:write',
  'confluence:read offline_access',
] as const

/** What comes with a scope, from the configuration alone. */
function closure(names: readonly string[]): readonly string[] {
  const implied = scopes.filter(({ name }) => names.includes(name)).flatMap(({ implies = [] }) => implies)
  const all = new Set([...names, ...implied])
  return scopes.filter(({ name }) => all.has(name)).map(({ name }) => name)
}

const Registered = z.object({ client_id: z.string() })

/** A client registers itself. */
export async function register({ send, clients }: World): Promise<void> {
  const body = JSON.stringify({ redirect_uris: ['http://localhost/callback'] })
  const headers = { 'content-type': 'application/json' }
  const response = await send(new Request(`${issuer}/register`, { method: 'POST', headers, body }))
  hold('a client may register', response.status, 201)
  clients.push(Registered.parse(await response.json()).client_id)
}

/** A client sends somebody to the authorization endpoint, who looks at the consent page. */
export async function authorize({ chance, clients, people, pages, clock }: World): Promise<void> {
  const [client, somebody] = [chance.of(clients), chance.of(people)]
  const browser = somebody && chance.of(somebody.browsers)
  if (client === undefined || browser === undefined) return
  const verifier = randomBytes(32).toString('base64url')
  const scope = chance.of(askable) ?? askable[0]
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'state',
    scope,
    resource,
  })
  const page = await browser.open(`${issuer}/authorize?${query.toString()}`)
  hold(
    'consent is asked for before anything else',
    [page.response.status, page.url.pathname],
    [200, '/consent'],
  )
  const asked = closure(scope.split(' '))
  pages.push({ client, browser, page, verifier, asked, approveBy: clock.now() + 10 * minute, over: false })
}

/** Somebody answers an open page, also one that was answered before, also from a browser that is not theirs. */
export async function consent(world: World): Promise<void> {
  const { chance, pages, people, upstream, clock } = world
  const open = chance.of(pages)
  const owner = people.find(({ browsers }) => open !== undefined && browsers.includes(open.browser))
  if (open === undefined || owner === undefined) return
  if (chance.percent(10)) return answerElsewhere(world, open)
  if (chance.percent(10)) return deny(open)
  upstream.become(owner.person)
  const access = chance.percent(50) ? 'write' : 'read'
  const approval = { access, decision: 'approve' }
  if (chance.percent(10)) return completeElsewhere(world, open, approval)
  let back = await open.browser.submit(open.page, approval, { stopAt })
  if (back.url.pathname === '/sites') back = await choose(back, open, owner)
  const code = back.url.searchParams.get('code')
  const late = open.approveBy <= clock.now()
  hold('an open page gives one code', code !== null, !open.over && !late)
  if (code === null) return
  open.over = true
  hold('the issuer comes back with the code', back.url.searchParams.getAll('iss'), [issuer])
  const writes = new Set(scopes.filter(({ tier }) => tier === 'write').map(({ name }) => name))
  world.grants.push({
    client: open.client,
    person: owner.person,
    browser: open.browser,
    permissions: access === 'write' ? open.asked : open.asked.filter((name) => !writes.has(name)),
    code,
    verifier: open.verifier,
    codeUntil: clock.now() + minute,
    redeemed: false,
    refreshTokens: [],
    accessTokens: [],
    rotatedAt: 0,
    refreshUntil: 0,
    newestUsed: false,
    dead: false,
  })
}

const choose = (page: Visit, { browser }: OpenPage, { person }: Somebody): Promise<Visit> =>
  browser.submit(page, { choice: person.choices.map(({ id }) => id), decision: 'approve' }, { stopAt })

async function deny(open: OpenPage): Promise<void> {
  const back = await open.browser.submit(open.page, { decision: 'deny' }, { stopAt })
  hold('a denial brings no code', back.url.searchParams.has('code'), false)
  open.over = true
}

/** The page of one browser, answered by another: nothing happens. */
async function answerElsewhere({ people }: World, { page, browser }: OpenPage): Promise<void> {
  const other = people.flatMap(({ browsers }) => browsers).find((each) => each !== browser)
  const back = await other?.submit(page, { access: 'write', decision: 'approve' }, { stopAt })
  hold('an answer from another browser is refused', back?.response.status, 403)
}

/** Approved in one browser, signed in from another: the state is burnt, and there is no code. */
async function completeElsewhere(
  { people, upstream, clock }: World,
  open: OpenPage,
  approval: Readonly<Record<string, string>>,
): Promise<void> {
  const sent = await open.browser.submit(open.page, approval, { stopAt: [upstream.origin] })
  if (open.over || open.approveBy <= clock.now()) {
    hold('a page that is over leads nowhere', sent.response.status, 400)
    return
  }
  const other = people.flatMap(({ browsers }) => browsers).find((browser) => browser !== open.browser)
  const back = await other?.open(sent.url, { stopAt })
  hold('a callback in another browser brings no code', back?.url.searchParams.get('iss'), null)
}
