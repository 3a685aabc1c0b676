import { pageHeaders, type FormTarget } from '../headers.ts'
import { markup, trusted, type Html } from './html.ts'
import { style } from './style.ts'

/** What a page is made of. */
export interface Page {
  readonly status: number
  readonly language: string
  /** Text, not markup. */
  readonly title: string
  readonly product: string
  readonly body: Html
  readonly form: FormTarget
  readonly cookies?: readonly string[]
}

/** Makes the answer of a page, with its headers and a style sheet that only this answer's nonce allows. */
export function renderPage(page: Page, nonce: string): Response {
  const headers = pageHeaders(nonce, page.form)
  for (const cookie of page.cookies ?? []) headers.append('set-cookie', cookie)
  const { html } = markup`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} – ${page.product}</title>
<style nonce="${nonce}">${trusted(style)}</style>
</head>
<body>
<main>
${page.body}
</main>
<footer>${page.product}</footer>
</body>
</html>
`
  return new Response(html, { status: page.status, headers })
}

/** Drawn with strokes of the text's colour, and said to no screen reader: the words beside them say it. */
const icon = (path: string): Html =>
  trusted(
    `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${path}</svg>`,
  )

export const icons = {
  /** A beam on a pillar: something that carries. */
  mark: icon('<path d="M4 5h16M7 9h10M12 9v10M8.5 19h7"/>'),
  check: icon('<path d="m5 12.5 4.5 4.5L19 7.5"/>'),
  caution: icon('<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.1"/>'),
} as const

/** The three sides of a sign-in as a picture. */
export const parties = (client: string, provider: string): Html =>
  markup`<div class="link" aria-hidden="true"><span class="tile">${initial(client)}</span><span class="wire"></span><span class="tile own">${icons.mark}</span><span class="wire"></span><span class="tile">${initial(provider)}</span></div>`

const initial = (name: string): string => Array.from(name)[0]?.toLocaleUpperCase() ?? '·'
