import { createHash } from 'node:crypto'

import type { PublicAddress } from '../address.ts'
import { clientGuides } from './guides.ts'
import type { ClientGuide } from './guides.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { style } from './style.ts'

/** The words of the page at `/`. Everything is text; nothing of it is read as markup. */
export interface LandingOptions {
  /** Default: `Telamon`. */
  readonly name?: string
  readonly description?: string
  /** Something that everybody has to know, such as that the Atlassian behind it is a simulator. */
  readonly notice?: string
  /** An address for people. */
  readonly documentation?: string
  /** What clients call this server in their settings. Default: `telamon`. */
  readonly key?: string
  /** How clients are connected. Default: the common ones. */
  readonly guides?: readonly ClientGuide[]
}

const defaultDescription =
  'This server lets your AI assistant work with Jira and Confluence in your name: find and edit issues, read and write pages, with the permissions that you have there and no others.'

/** Makes the page once, and answers with it. It has no script and fetches nothing. */
export function landingPage(
  { origin, loopback }: Pick<PublicAddress, 'origin' | 'loopback'>,
  options: LandingOptions,
): (request: Request) => Response {
  const guides =
    options.guides ?? clientGuides({ key: options.key ?? 'telamon', url: `${origin}/mcp`, loopback })
  const { markup } = document(`${origin}/mcp`, { ...options, guides })
  const headers = pageHeaders()
  return ({ method }) => new Response(method === 'HEAD' ? null : markup, { headers })
}

function document(url: string, options: LandingOptions): Html {
  const { name = 'Telamon', description = defaultDescription, notice, documentation, guides = [] } = options
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${name}</title>
        ${sheet}
      </head>
      <body>
        <main>
          <header>
            <span class="tile">${mark}</span>
            <h1>${name}</h1>
          </header>
          <p class="lead">${description}</p>
          ${notice !== undefined && html`<p class="notice" role="note">${notice}</p>`}
          <p class="address"><span>Address for your MCP client</span><code>${url}</code></p>
          <h2>Connect a client</h2>
          <div class="guides">${guides.map(guide)}</div>
          <h2>What to expect</h2>
          <ul>
            <li>
              <b>You sign in with Atlassian.</b> Your client opens a page where you choose what it may do, and
              on which sites.
            </li>
            <li>
              <b>Read only, if you like.</b> Put /readonly behind the address, and no tool that writes is
              there.
            </li>
            <li>
              <b>You can end it.</b> Remove the server from your client, or end its access under Connected
              apps in your Atlassian account.
            </li>
          </ul>
          ${
            documentation !== undefined &&
            html`<h2>More</h2>
              <ul>
                <li><a href="${documentation}">Documentation</a></li>
              </ul>`
          }
        </main>
        <footer>${name} is open source and not affiliated with Atlassian.</footer>
      </body>
    </html> `
}

function guide({ client, step, code }: ClientGuide, index: number): Html {
  const open = index === 0 ? html` open` : html``
  return html`<details name="guide" ${open}>
    <summary>${client}</summary>
    <div class="guide">
      <p>${step}</p>
      <pre tabindex="0"><code>${code}</code></pre>
    </div>
  </details>`
}

/** Whole, since the policy allows exactly these bytes. */
const sheet: Html = { markup: `<style>${style}</style>` }

/** A beam on a pillar: something that carries. */
const mark: Html = {
  markup:
    '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M4 5h16M7 9h10M12 9v10M8.5 19h7"/></svg>',
}

/** The style sheet is allowed by its digest, since it never changes while the server runs. @see CSP level 3 section 8.5 */
function pageHeaders(): Readonly<Record<string, string>> {
  const digest = createHash('sha256').update(style).digest('base64')
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${digest}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'max-age=300',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
}
