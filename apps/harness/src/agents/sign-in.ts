import { createBrowser } from '../browser/browser.ts'
import type { Page } from '../browser/page.ts'

const MOST_PAGES = 8
const onward = /^(allow|approve|accept|agree|continue|sign in|use )/i

export interface SignInOptions {
  /** The name on the button of the simulator's sign-in page. */
  readonly person: string
  /** Whether an address is the client's own redirect address. */
  readonly isRedirect: (url: URL) => boolean
}

/**
 * Does what a person does in a browser between a client's authorization request and its redirect address: reads our
 * consent page, chooses who they are, agrees to what Atlassian asks, chooses sites.
 *
 * @returns the redirect address with its query.
 */
export async function walkSignIn(start: URL, { person, isRedirect }: SignInOptions): Promise<URL> {
  const browser = createBrowser({ stopAt: isRedirect })
  let page = await browser.open(start)
  for (let steps = 0; steps < MOST_PAGES; steps += 1) {
    if (isRedirect(page.url)) return page.url
    if (page.status >= 400)
      throw new Error(
        `Sign-in stopped at ${page.url.pathname} with ${page.status}: ${page.text.slice(0, 400)}`,
      )
    page = await browser.press(page, chooses(page, person) ?? onward)
  }
  throw new Error(
    `Sign-in did not come to an end. The trail: ${browser.trail.map((each) => new URL(each).pathname).join(' → ')}`,
  )
}

/** The button of the person, where the page asks who is there. */
function chooses(page: Page, person: string): RegExp | undefined {
  const label = new RegExp(person.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'i')
  return page.controls.some((control) => control.body && label.test(control.label)) ? label : undefined
}
