import { describe, expect, it } from 'vitest'

import { createBench, issuer } from './bench/bench.ts'
import { redeemBody, refusal, register, signIn } from './bench/flow.ts'

async function prepared() {
  const bench = createBench()
  const client = await register(bench, { token_endpoint_auth_method: 'none' })
  return { bench, body: redeemBody(await signIn(bench, client)) }
}

describe('the form of requests', () => {
  it.each([
    ['a code', 'code=x'],
    ['a client id', 'client_id=x'],
    ['a grant type', 'grant_type=authorization_code'],
    ['anything', 'foo=1&foo=2'],
  ])('T40 refuses a second %s', async (_, more) => {
    const { bench, body } = await prepared()
    const response = await bench.post(
      '/token',
      new URLSearchParams(`${new URLSearchParams(body).toString()}&${more}`),
    )
    expect(await refusal(response)).toEqual({ status: 400, error: 'invalid_request' })
    expect((await bench.post('/token', body)).status).toBe(200)
  })

  it('T40 refuses JSON, parameters in the address, and GET', async () => {
    const { bench, body } = await prepared()
    expect((await bench.postJson('/token', body)).status).toBe(415)
    expect((await bench.post(`/token?client_id=${body.client_id}`, body)).status).toBe(400)
    const get = await bench.get('/token')
    expect(get.status).toBe(405)
    expect(get.headers.get('allow')).toBe('POST')
    expect(
      (await bench.send(new Request(`${issuer}/token`, { method: 'POST', body: 'grant_type=x' }))).status,
    ).toBe(415)
  })

  it('names the grant types it does not have', async () => {
    const { bench, body } = await prepared()
    for (const grantType of ['password', 'client_credentials', 'implicit', '__proto__', 'constructor'])
      expect(await refusal(await bench.post('/token', { ...body, grant_type: grantType }))).toEqual({
        status: 400,
        error: 'unsupported_grant_type',
      })
    expect(await refusal(await bench.post('/token', { ...body, grant_type: '' }))).toEqual({
      status: 400,
      error: 'invalid_request',
    })
  })

  it('answers are never kept, and readable from any origin', async () => {
    const { bench, body } = await prepared()
    for (const response of [await bench.post('/token', body), await bench.post('/token', body)]) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    }
    const preflight = await bench.send(new Request(`${issuer}/token`, { method: 'OPTIONS' }))
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS')
  })
})
