import { expect, test } from 'vitest'

import { createBrowser } from '../src/browser/browser.ts'
import { createCookieJar } from '../src/browser/cookie-jar.ts'
import { readPage } from '../src/browser/page.ts'

const here = new URL('http://127.0.0.1:1/consent?tx=1')

const form = `<!doctype html><title>Hidden words</title><style>p{}</style>
<p>Visible</p><a href="/help">Help <b>me</b></a>
<form method="POST" action="/consent">
<input type="hidden" name="tx" value="a&amp;b">
<label><input type="radio" name="access" value="write" checked> Read and change</label>
<label><input type="radio" name="access" value="read"> Read only</label>
<label><input type="checkbox" name="site" value="one"> One</label>
<label><input type="checkbox" name="site" value="two"> Two</label>
<input type="submit" name="unpressed" value="No">
<button name="decision" value="approve">Allow</button><button type="button">Nothing</button>
<button name="decision" value="deny" formaction="/no">Cancel</button></form>`

test('a page is read as a person sees it: words, links, buttons', () => {
  const page = readPage(here, 200, form)
  expect(page.text).toBe('Visible Help me Read and change Read only One Two Allow Nothing Cancel')
  expect(page.controls.map(({ label, url, method }) => `${method} ${url.pathname} ${label}`)).toEqual([
    'get /help Help me',
    'post /consent Allow',
    'post /no Cancel',
  ])
})

test.each([
  { what: 'what is ticked and given', tick: () => false, sent: 'tx=a%26b&access=write&decision=approve' },
  {
    what: 'a ticked box too',
    tick: (field: { readonly label: string }) => field.label === 'Two',
    sent: 'tx=a%26b&access=write&site=two&decision=approve',
  },
  {
    what: 'one radio button of a group',
    tick: (field: { readonly label: string }) => field.label === 'Read only',
    sent: 'tx=a%26b&access=read&decision=approve',
  },
])('a pressed button sends $what', async ({ tick, sent }) => {
  const bodies: string[] = []
  const browser = createBrowser({
    async fetch(input, init) {
      const request = new Request(input, init)
      if (request.method === 'POST') bodies.push(await request.text())
      return new Response(form)
    },
  })
  await browser.press(await browser.open(here), /^Allow/, { tick })
  expect(bodies).toEqual([sent])
})

test('a press on what is not there says what is', async () => {
  const browser = createBrowser({ fetch: async () => new Response(form, { status: 400 }) })
  const page = await browser.open(here)
  expect(() => browser.press(page, /^Sign in/)).toThrow(
    /Nothing on \/consent \(400\) matches .* Help me \| Allow/,
  )
})

test('redirects are followed by GET, up to the address to stop at', async () => {
  const asked: string[] = []
  const browser = createBrowser({
    stopAt: ({ pathname }) => pathname === '/callback',
    async fetch(input, init) {
      const { method, url } = new Request(input, init)
      asked.push(`${method} ${url}`)
      return asked.length === 1
        ? new Response(form)
        : new Response(null, { status: 303, headers: { location: '/callback?code=1' } })
    },
  })
  const end = await browser.press(await browser.open(here), /^Allow/)
  expect(end).toMatchObject({ status: 0, url: new URL('http://127.0.0.1:1/callback?code=1') })
  expect(asked).toEqual(['GET http://127.0.0.1:1/consent?tx=1', 'POST http://127.0.0.1:1/consent'])
})

test('a circle of redirects is left', async () => {
  const browser = createBrowser({
    fetch: async () => new Response(null, { status: 302, headers: { location: '/again' } }),
  })
  await expect(browser.open(here)).rejects.toThrow(/More than 20 redirects/)
})

test('cookies are kept by host, path and name, until they end', () => {
  const jar = createCookieJar(() => Date.parse('2026-11-23T00:00:00Z'))
  const set = (...cookies: string[]) => {
    jar.store(here, new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie])))
  }
  set('a=1; Path=/', '__Host-b=2; Secure; Path=/; Max-Age=600', 'c=3; Path=/consent')
  expect(jar.header(here)).toBe('a=1; __Host-b=2; c=3')
  expect(jar.header(new URL('http://127.0.0.1:2/consented'))).toBe('a=1; __Host-b=2')
  expect(jar.header(new URL('http://localhost:1/consent'))).toBe('')
  set('a=; Max-Age=0; Path=/', '__Host-b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
  expect(jar.header(here)).toBe('c=3')
})
