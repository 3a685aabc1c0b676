import { describe, expect, it } from 'vitest'

import type { ServiceAccounts } from '../src/index.ts'
import { createWorld, hour, ring, type World } from './world.ts'

const services: ServiceAccounts = new Map([
  ['report', { kind: 'client_credentials', id: 'service', secret: 'service-secret' }],
  ['nightly', { kind: 'api_token', token: 'api-token' }],
  ['wrong', { kind: 'client_credentials', id: 'service', secret: 'wrong' }],
])
const upstream = {
  services: [{ id: 'service', secret: 'service-secret' }],
  apiTokens: new Set(['api-token']),
}

async function serve({ vault }: World, clientId: string, grantId = 'g1'): Promise<void> {
  const signedIn = await vault.signIn.serve({ clientId })
  await vault.signIn.keep(
    grantId,
    signedIn,
    signedIn.choices.map(({ id }) => id),
  )
}

describe('a service account', () => {
  it('by client credentials gets tokens of an hour, and new ones without a refresh token', async () => {
    const world = createWorld({ services }, upstream)
    await serve(world, 'report')
    const first = await world.vault.token('g1')
    expect((await world.vault.sites('g1')).map(({ name }) => name)).toEqual(['alpha', 'beta'])
    expect(await world.vault.token('g1')).toBe(first)
    world.clock.turn(hour)
    const calls = await Promise.all(Array.from({ length: 20 }, () => world.vault.token('g1')))
    expect(new Set(calls).size).toBe(1)
    expect(calls[0]).not.toBe(first)
    expect(world.upstream.requests.map((form) => form.get('grant_type'))).toEqual([
      'client_credentials',
      'client_credentials',
    ])
  })

  it('by an API token asks for nothing, and ends when the token does', async () => {
    const world = createWorld({ services }, upstream)
    await serve(world, 'nightly')
    expect(await world.vault.token('g1')).toBe('api-token')
    world.clock.turn(100 * hour)
    expect(await world.vault.token('g1')).toBe('api-token')
    expect(world.upstream.requests).toEqual([])
    world.upstream.failApi(401)
    expect(await world.vault.probe('g1')).toBe('dead')
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
  })

  it('that nobody entered, or whose secret is wrong, is a fault of the settings and ends no connection', async () => {
    const world = createWorld({ services }, upstream)
    for (const clientId of ['unknown', 'wrong'])
      await expect(world.vault.signIn.serve({ clientId })).rejects.toMatchObject({ code: 'misconfigured' })
    await serve(world, 'report')
    world.clock.turn(hour)
    await expect(world.instance({ services: new Map() }).token('g1')).rejects.toMatchObject({
      code: 'misconfigured',
    })
    expect(await world.store.getVault('g1')).toMatchObject({ state: 'live' })
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('T51 leaves no secret in the row, in clear', async () => {
    const world = createWorld({ services, keys: ring('k1') }, upstream)
    await serve(world, 'report')
    await serve(world, 'nightly', 'g2')
    const rows = JSON.stringify(await world.store.listVaults({ limit: 10 }))
    for (const secret of ['service-secret', 'api-token', await world.vault.token('g1')])
      expect(rows).not.toContain(secret)
  })
})
