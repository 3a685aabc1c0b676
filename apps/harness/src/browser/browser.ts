import { createCookieJar } from './cookie-jar.ts'
import { readPage } from './page.ts'
import type { Control, Field, Page } from './page.ts'

const MOST_HOPS = 20

/** A browser without scripts: it keeps cookies, follows redirects, reads pages and presses what is on them. */
export interface Browser {
  readonly open: (url: URL | string) => Promise<Page>
  /**
   * Presses the first link or button whose label matches.
   *
   * @throws Error that says what there is, when nothing matches.
   */
  readonly press: (page: Page, label: RegExp, options?: PressOptions) => Promise<Page>
  /** Every address that was visited, in order. */
  readonly trail: readonly string[]
}

interface PressOptions {
  /** Boxes to tick before, beside those that are ticked already. A radio button unticks its group. */
  readonly tick?: (field: Field) => boolean
}

export interface BrowserOptions {
  /** An address that is not fetched: where it leads is the end. The page then has the status 0. */
  readonly stopAt?: (url: URL) => boolean
  readonly fetch?: typeof globalThis.fetch
}

/** Makes a browser with an empty cookie jar. */
export function createBrowser({
  stopAt = () => false,
  fetch = globalThis.fetch,
}: BrowserOptions = {}): Browser {
  const jar = createCookieJar()
  const trail: string[] = []

  async function go(
    start: URL,
    form?: { readonly body: URLSearchParams; readonly from: URL },
  ): Promise<Page> {
    let url = start
    let sending = form
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      trail.push(url.href)
      if (stopAt(url)) return { url, status: 0, html: '', text: '', controls: [] }
      const response = await fetch(url, {
        method: sending ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { accept: 'text/html', cookie: jar.header(url), ...fetchMetadata(url, sending?.from) },
        ...(sending && { body: sending.body }),
      })
      jar.store(url, response.headers)
      const location = response.headers.get('location')
      if (location === null) return readPage(url, response.status, await response.text())
      await response.body?.cancel()
      url = new URL(location, url)
      sending = undefined
    }
    throw new Error(`More than ${MOST_HOPS} redirects; the last led to ${url.origin}${url.pathname}`)
  }

  return {
    trail,
    open: (url) => go(new URL(url)),
    press(page, label, { tick = () => false } = {}) {
      const found = page.controls.find((control) => label.test(control.label))
      if (found) return send(found, page, tick)
      const labels = page.controls.map((control) => control.label).join(' | ')
      throw new Error(
        `Nothing on ${page.url.pathname} (${page.status}) matches ${label}. There is: ${labels}. Text: ${page.text.slice(0, 400)}`,
      )
    },
  }

  function send(
    { url, method, fields }: Control,
    from: Page,
    tick: (field: Field) => boolean,
  ): Promise<Page> {
    const body = new URLSearchParams(
      ticked(fields, tick).map(({ name, value }): [string, string] => [name, value]),
    )
    if (method === 'post') return go(url, { body, from: from.url })
    const target = new URL(url)
    if (fields.length > 0) target.search = String(body)
    return go(target)
  }
}

/** What is sent once the wanted boxes are ticked. */
function ticked(fields: readonly Field[], tick: (field: Field) => boolean): readonly Field[] {
  const wanted = new Set(fields.filter((field) => field.kind !== 'given' && tick(field)))
  const chosen = new Set([...wanted].filter(({ kind }) => kind === 'radio').map(({ name }) => name))
  return fields.filter(
    (field) => wanted.has(field) || (field.ticked && !(field.kind === 'radio' && chosen.has(field.name))),
  )
}

/** What browsers say about a form that is sent (Fetch Metadata). */
function fetchMetadata(to: URL, from: URL | undefined): Record<string, string> {
  if (from === undefined) return {}
  const site = from.origin === to.origin ? 'same-origin' : 'cross-site'
  return { origin: from.origin, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }
}
