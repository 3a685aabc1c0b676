import { createHash } from 'node:crypto'

import type { Reply } from '../http/reply.ts'
import { html, type Html } from './html.ts'
import { style } from './style.ts'

/** What a page of the simulator is made of. */
export interface Page {
  readonly title: string
  /** Who looks, for the line at the top. */
  readonly viewer?: string
  readonly body: Html
  /** For tables: the whole width of the window. */
  readonly wide?: boolean
  readonly status?: number
}

/** The whole document. Every page says at its top that this is a simulator. */
export function page({ title, viewer, body, wide = false, status = 200 }: Page): Reply {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title} · Atlassian simulator</title>
        ${{ html: `<style>${style}</style>` }}
      </head>
      <body>
        <header role="note">
          <p>
            <strong>This is a simulator</strong> of Jira and Confluence. Nothing here is Atlassian’s, and all
            people and contents are made up.
          </p>
          ${viewer !== undefined && html`<p class="viewer">You are here as <strong>${viewer}</strong>.</p>`}
        </header>
        <main ${wide && { html: 'class="wide"' }}>${body}</main>
      </body>
    </html> `
  // The browser hashes all that stands between the tags, white space included.
  const hash = createHash('sha256').update(style).digest('base64')
  return {
    status,
    text: document.html,
    headers: {
      // No form-action: browsers apply it to every redirect after a form, and the way back to a client has several.
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    },
  }
}

/** A page that says what is wrong and what to do. */
export function errorPage(status: number, title: string, sentence: string): Reply {
  return page({
    title,
    status,
    body: html`<h1>${title}</h1>
      <p>${sentence}</p>`,
  })
}
