import { createBrowser } from '../browser/browser.ts'
import type { Field, Page } from '../browser/page.ts'

const MOST_PAGES = 8
const onward = /^(allow|approve|accept|agree|continue|sign in|use )/i

/** What a person decides on the way. */
export interface SignInChoices {
  /** The name on the button of the simulator's sign-in page. */
  readonly person: string
  /** `read` chooses reading only on the consent page. Default: what the page proposes. */
  readonly access?: 'read'
  /** Which sites to allow where the server asks. Default: all. */
  readonly sites?: RegExp
}

/**
 * Does what a person does in a browser between a client's authorization request and its redirect address: reads our
 * consent page, chooses who they are, agrees to what Atlassian asks, chooses sites.
 *
 * @returns the redirect address with its query. It is not fetched.
 * @throws Error with the page's own words when a page refuses or leads nowhere.
 */
export async function walkSignIn(start: URL, choices: SignInChoices): Promise<URL> {
  const { origin, pathname } = redirectOf(start)
  const isRedirect = (url: URL): boolean => url.origin === origin && url.pathname === pathname
  const browser = createBrowser({ stopAt: isRedirect })
  let page = await browser.open(start)
  for (let steps = 0; steps < MOST_PAGES; steps += 1) {
    if (isRedirect(page.url)) return page.url
    if (page.status >= 400)
      throw new Error(
        `Sign-in stopped at ${page.url.pathname} with ${page.status}: ${page.text.slice(0, 400)}`,
      )
    page = await browser.press(page, personOn(page, choices) ?? onward, { tick: ticksOf(page, choices) })
  }
  throw new Error(
    `Sign-in did not come to an end. The trail: ${browser.trail.map((each) => new URL(each).pathname).join(' → ')}`,
  )
}

/** Where the client of an authorization request waits for the browser (RFC 6749 section 4.1.1). */
export function redirectOf(authorization: URL): URL {
  const address = authorization.searchParams.get('redirect_uri')
  if (address === null || !URL.canParse(address))
    throw new Error('This is no authorization request: it has no redirect_uri.')
  return new URL(address)
}

/** The button of the person, where the page asks who is there. */
function personOn(page: Page, { person }: SignInChoices): RegExp | undefined {
  const label = new RegExp(`^${person.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`, 'i')
  return page.controls.some((control) => control.method === 'post' && label.test(control.label))
    ? label
    : undefined
}

/** Boxes to tick: reading only, when that is wanted; the sites, where none is ticked yet. */
function ticksOf(page: Page, { access, sites = /./ }: SignInChoices): (field: Field) => boolean {
  const boxes = page.controls.flatMap(({ fields }) => fields).filter(({ kind }) => kind === 'checkbox')
  const open = boxes.every(({ ticked }) => !ticked)
  return ({ kind, name, value, label }) =>
    kind === 'radio'
      ? access !== undefined && name === 'access' && value === access
      : open && sites.test(label)
}
