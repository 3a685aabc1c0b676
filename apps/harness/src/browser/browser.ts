import { createCookieJar } from './cookie-jar.ts'
import { readPage } from './page.ts'
import type { Control, Page } from './page.ts'

const MOST_HOPS = 20

/** A browser without scripts: it keeps cookies, follows redirects, reads pages and presses what is on them. */
export interface Browser {
  readonly open: (url: URL | string) => Promise<Page>
  /** Presses the first link or button whose label matches. */
  readonly press: (page: Page, label: RegExp) => Promise<Page>
  /** Every address that was visited, in order. */
  readonly trail: readonly string[]
}

export interface BrowserOptions {
  /** An address that is not fetched: where it leads is the end. The page then has the status 0. */
  readonly stopAt?: (url: URL) => boolean
  readonly fetch?: typeof globalThis.fetch
}

export function createBrowser({
  stopAt = () => false,
  fetch = globalThis.fetch,
}: BrowserOptions = {}): Browser {
  const jar = createCookieJar()
  const trail: string[] = []

  async function go(control: Pick<Control, 'url' | 'body'>, from?: URL): Promise<Page> {
    let { url, body } = control
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      trail.push(url.href)
      if (stopAt(url)) return { url, status: 0, html: '', text: '', controls: [] }
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: headersFor(url, body && from),
        ...(body && { body }),
      })
      jar.store(url, response.headers)
      const location = response.headers.get('location')
      if (location === null) return readPage(url, response.status, await response.text())
      await response.body?.cancel()
      url = new URL(location, url)
      body = undefined
    }
    throw new Error(`More than ${MOST_HOPS} redirects; the last led to ${url.origin}${url.pathname}`)
  }

  function headersFor(url: URL, posting: URL | undefined): Record<string, string> {
    const site = posting && posting.origin === url.origin ? 'same-origin' : 'cross-site'
    return {
      accept: 'text/html',
      cookie: jar.header(url),
      ...(posting && { origin: posting.origin, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }),
    }
  }

  return {
    trail,
    open: (url) => go({ url: new URL(url) }),
    press(page, label) {
      const found = page.controls.find((control) => label.test(control.label))
      if (found) return go(found, page.url)
      const labels = page.controls.map((control) => control.label).join(' | ')
      throw new Error(
        `Nothing on ${page.url.pathname} (${page.status}) matches ${label}. There is: ${labels}. Text: ${page.text.slice(0, 400)}`,
      )
    },
  }
}
