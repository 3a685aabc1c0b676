import { describe, expect, it } from 'vitest'

import { createBench, issuer, resource } from './bench/bench.ts'
import { connect, refreshWith, register, signIn, tokensOf } from './bench/flow.ts'
import { ada } from './bench/upstream.ts'

describe('a sign-in from start to end', () => {
  it('leads from a registration to tokens that work', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    expect(tokens.token_type).toBe('Bearer')
    expect(tokens.expires_in).toBe(900)
    expect(tokens.scope).toBe('jira:read jira:write confluence:read confluence:write')
    const verdict = await bench.server.verify(tokens.access_token, resource)
    expect(verdict).toMatchObject({
      ok: true,
      grant: {
        subject: ada.subject,
        label: ada.label,
        clientId: client.client_id,
        clientName: 'A test client',
        choices: ['site-one'],
        resource,
      },
    })
    expect([...bench.upstream.kept.values()]).toHaveLength(1)
  })

  it('returns state and issuer with the code', async () => {
    const bench = createBench()
    const { url } = await signIn(bench, await register(bench))
    expect(url.searchParams.get('state')).toBe('state of the client')
    expect(url.searchParams.getAll('iss')).toEqual([issuer])
    expect(url.searchParams.get('code')).toMatch(/^m_ac_/)
  })

  it('refreshes', async () => {
    const bench = createBench()
    const client = await register(bench)
    const first = await connect(bench, client)
    const second = await tokensOf(await refreshWith(bench, client, first.refresh_token))
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.access_token).not.toBe(first.access_token)
    expect((await bench.server.verify(second.access_token, resource)).ok).toBe(true)
  })
})
