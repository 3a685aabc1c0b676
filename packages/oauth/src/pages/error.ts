import { markup, type Html } from './html.ts'
import { icons } from './layout.ts'
import type { PageError, PageTexts } from './texts.ts'

/** The page that says what went wrong and what to do next. Holds nothing that came from outside. */
export function errorPage(
  error: PageError,
  texts: PageTexts,
): { readonly title: string; readonly body: Html } {
  const { title, body, next } = texts.errors[error]
  return {
    title,
    body: markup`<div class="link" aria-hidden="true"><span class="tile warn">${icons.caution}</span></div>
<h1>${title}</h1>
<p class="lead">${body}</p>
<p class="next">${next}</p>`,
  }
}
