import * as z from 'zod'

import { resource, scopes } from '../bench/bench.ts'
import { day, minute, second } from '../bench/clock.ts'
import { hold } from './expect.ts'
import type { KnownGrant, World } from './world.ts'

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string(), scope: z.string() })

const sessions = new Set(scopes.filter(({ tier }) => tier === 'session').map(({ name }) => name))
const permissionsOf = ({ permissions }: KnownGrant) => permissions.filter((name) => !sessions.has(name))

/** Keeps what a good answer brought, and holds it against the grant. */
async function take({ clock }: World, grant: KnownGrant, response: Response): Promise<string> {
  hold('a good request is answered', response.status, 200)
  const { access_token: token, refresh_token: next, scope } = Tokens.parse(await response.json())
  hold('scopes are those that were agreed to', scope.split(' '), grant.permissions)
  const known = grant.refreshTokens.indexOf(next)
  if (known < 0) {
    grant.refreshTokens.push(next)
    grant.rotatedAt = clock.now()
    grant.refreshUntil = clock.now() + 30 * day
    grant.newestUsed = false
  }
  const generation = grant.refreshTokens.length - 1
  const expiresAt = clock.now() + 15 * minute
  grant.accessTokens.push({ token, generation, expiresAt, scopes: grant.permissions, ended: false })
  return next
}

/** A code is redeemed: by its owner, with a wrong verifier, by another client, once more, or late. */
export async function redeem(world: World): Promise<void> {
  const { chance, grants, clients, post, clock } = world
  const grant = chance.late(chance.percent(80) ? grants.filter(({ redeemed }) => !redeemed) : grants)
  if (grant === undefined) return
  const wrong = chance.percent(10)
  const thief = chance.percent(10) ? chance.of(clients.filter((id) => id !== grant.client)) : undefined
  const response = await post('/token', {
    grant_type: 'authorization_code',
    code: grant.code,
    code_verifier: wrong ? grant.verifier.replaceAll(/[A-Z]/g, 'x') : grant.verifier,
    client_id: thief ?? grant.client,
  })
  const right = !wrong && thief === undefined && grant.codeUntil > clock.now()
  if (right && !grant.redeemed && !grant.dead) {
    grant.redeemed = true
    await take(world, grant, response)
    supersede(world, grant)
    return
  }
  hold('a code is good once, for its owner, for a minute', response.status, 400)
  if (right) grant.dead = true
}

/** A step-up ends what it replaces: the same person, client and browser, and fewer permissions. */
function supersede({ grants, clock }: World, by: KnownGrant): void {
  const mine = permissionsOf(by)
  for (const other of grants) {
    const theirs = permissionsOf(other)
    const until = other.redeemed ? other.refreshUntil : other.codeUntil
    if (other === by || until <= clock.now() || theirs.length >= mine.length) continue
    if (other.client !== by.client || other.person !== by.person || other.browser !== by.browser) continue
    if (theirs.every((name) => mine.includes(name))) other.dead = true
  }
}

/** A refresh token is presented: the newest, the one before, an older one, or by another client. */
export async function refresh(world: World): Promise<void> {
  const { chance, grants, clients, post, clock } = world
  const grant = chance.late(grants.filter(({ redeemed }) => redeemed))
  if (grant === undefined) return
  const back = chance.percent(65) ? 0 : chance.percent(70) ? 1 : 2
  const generation = grant.refreshTokens.length - 1 - back
  const token = grant.refreshTokens[generation]
  if (token === undefined) return
  const thief = chance.percent(10) ? chance.of(clients.filter((id) => id !== grant.client)) : undefined
  const successor = grant.refreshTokens[generation + 1]
  const age = clock.now() - grant.rotatedAt
  const honest = back === 1 && (age <= 10 * second || (!grant.newestUsed && age <= minute))
  const alive = !grant.dead && grant.refreshUntil > clock.now()
  const response = await post('/token', {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: thief ?? grant.client,
  })
  if (thief === undefined && alive && (back === 0 || honest)) {
    const next = await take(world, grant, response)
    hold('a generation has one successor', successor ?? next, next)
    return
  }
  hold('no other refresh token is answered', response.status, 400)
  if (thief === undefined && alive) grant.dead = true
}

/** An access token is used. */
export async function use({ chance, grants, server, clock }: World): Promise<void> {
  const grant = chance.late(grants)
  const access = grant && chance.late(grant.accessTokens.slice(-3))
  if (grant === undefined || access === undefined) return
  const verdict = await server().verify(access.token, resource)
  const good = !grant.dead && !access.ended && access.expiresAt > clock.now()
  hold('an access token is good while its grant is', verdict.ok, good)
  if (!verdict.ok) return
  const { subject, clientId, scopes: granted } = verdict.grant
  hold(
    'an access token stands for its own person, client and scopes',
    [subject, clientId, granted],
    [grant.person.subject, grant.client, access.scopes],
  )
  if (access.generation === grant.refreshTokens.length - 1) grant.newestUsed = true
}

/** A token is revoked by its client or another one, or the person ends the grant. */
export async function revoke(world: World): Promise<void> {
  const { chance, grants, clients, post, server, clock } = world
  const grant = chance.late(grants.filter(({ redeemed }) => redeemed))
  if (grant === undefined) return
  if (chance.percent(30)) {
    const listed = await server().grants.list(grant.person.subject)
    const own = listed.filter(({ clientId }) => clientId === grant.client)
    for (const { grantId } of own) await server().grants.revoke(grantId, 'person')
    for (const each of grants) {
      const until = each.redeemed ? each.refreshUntil : each.codeUntil
      const isOwn = each.client === grant.client && each.person === grant.person
      if (isOwn && until > clock.now()) each.dead = true
    }
    return
  }
  const thief = chance.percent(40) ? chance.of(clients.filter((id) => id !== grant.client)) : undefined
  const access = chance.percent(40) ? chance.of(grant.accessTokens) : undefined
  const token = access?.token ?? chance.of(grant.refreshTokens) ?? ''
  const response = await post('/revoke', { token, client_id: thief ?? grant.client })
  hold('revocation answers alike, whoever asks', response.status, 200)
  if (thief !== undefined) return
  if (access === undefined) grant.dead = true
  else access.ended = true
}
