import { describe, expect, it } from 'vitest'

import { englishTexts } from '../src/index.ts'
import { createBench, issuer } from './bench/bench.ts'
import type { Visit } from './bench/browser.ts'
import { openConsent, redirectUri, register } from './bench/flow.ts'
import { grace } from './bench/upstream.ts'

/** One of each kind of page. */
async function everyPage(): Promise<readonly (readonly [string, Visit])[]> {
  const bench = createBench()
  bench.upstream.become(grace)
  const { browser, page } = await openConsent(bench, await register(bench))
  const choice = await browser.submit(
    page,
    { access: 'write', decision: 'approve' },
    { stopAt: [redirectUri] },
  )
  return [
    ['consent', page],
    ['choice', choice],
    ['choice again', await browser.submit(choice, { decision: 'approve' })],
    ['error', await browser.open(`${issuer}/authorize`)],
    ['callback error', await browser.open(`${issuer}/callback`)],
    ['foreign form', await bench.browser().submit(page, { decision: 'approve' })],
  ]
}

describe('every page', () => {
  it('T26 T59 has all its headers', async () => {
    for (const [name, { response }] of await everyPage()) {
      const headers = Object.fromEntries(response.headers)
      expect({ name, ...headers }).toMatchObject({
        name,
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
        'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      })
      const policy = headers['content-security-policy'] ?? ''
      expect(policy).toMatch(/^default-src 'none'; style-src 'nonce-[A-Za-z0-9_-]{22}'; form-action /)
      expect(policy).toMatch(/frame-ancestors 'none'; base-uri 'none'$/)
      expect(policy).not.toMatch(/unsafe|script-src/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('T27 T59 has no script, no handler, and nothing from elsewhere', async () => {
    for (const [, { body, response }] of await everyPage()) {
      expect(body).not.toMatch(/<script|<link|<img|<iframe|<a |\son\w+=|style="|url\(|@import|javascript:/i)
      expect(body.match(/https?:\/\//g)?.filter((found) => found !== 'https://') ?? []).toEqual([])
      const nonce = /nonce-([^']+)/.exec(response.headers.get('content-security-policy') ?? '')?.[1]
      expect(body).toContain(`<style nonce="${nonce}">`)
    }
  })

  it('can be read by everyone: language, title, heading, width', async () => {
    for (const [, { body }] of await everyPage()) {
      expect(body).toMatch(/^<!doctype html>\n<html lang="en">/)
      expect(body.match(/<h1/g)).toHaveLength(1)
      expect(body).toMatch(/<title>[^<]+ – Telamon<\/title>/)
      expect(body).toContain('name="viewport" content="width=device-width, initial-scale=1"')
      expect(body.match(/<main>/g)).toHaveLength(1)
    }
  })

  it('has a nonce of its own each time', async () => {
    const nonces = (await everyPage()).map(([, { body }]) => /nonce="([^"]+)"/.exec(body)?.[1])
    expect(new Set(nonces).size).toBe(nonces.length)
  })
})

async function formAction(uri: string) {
  const bench = createBench()
  const client = await register(bench, { redirect_uris: [uri] })
  const { page } = await openConsent(bench, client, { change: { redirect_uri: uri } })
  return /form-action ([^;]*);/.exec(page.response.headers.get('content-security-policy') ?? '')?.[1]
}

describe('where forms may lead', () => {
  const usual = "'self' https: http://127.0.0.1:* http://localhost:*"

  it('is as far as the redirects after them, which Chromium holds to it', async () => {
    expect(await formAction('https://client.example/cb')).toBe(usual)
    expect(await formAction('http://localhost:7777/callback')).toBe(usual)
    expect(await formAction('cursor://anysphere.cursor-mcp/cb')).toBe(`${usual} cursor:`)
    expect(await formAction('http://[::1]:7777/callback')).toBe(`${usual} http:`)
  })

  it('is nowhere from a page without a form', async () => {
    const policy = (await createBench().get('/callback')).headers.get('content-security-policy')
    expect(policy).toContain("form-action 'none'")
  })
})

describe('words', () => {
  it('can be had in another language', async () => {
    const bench = createBench({
      pages: {
        product: 'Beispiel',
        provider: 'Atlassian',
        texts: { language: 'de', consentTitle: 'Darf {client} mit Ihrem Konto bei {provider} arbeiten?' },
      },
    })
    const { page } = await openConsent(bench, await register(bench))
    expect(page.body).toContain('<html lang="de">')
    expect(page.body).toContain('<h1>Darf A test client mit Ihrem Konto bei Atlassian arbeiten?</h1>')
    expect(page.body).toContain('– Beispiel</title>')
  })

  it('say for each error what happened and what to do', () => {
    for (const { title, body, next } of Object.values(englishTexts.errors))
      for (const text of [title, body, next]) expect(text).toMatch(/^[A-Z].{8,}/)
  })
})
