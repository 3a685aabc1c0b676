import type { Reply } from '../http/reply.ts'
import { html, type Html } from '../pages/html.ts'
import { page } from '../pages/layout.ts'

const pages = {
  '': 'Overview',
  people: 'People',
  issues: 'Issues',
  pages: 'Pages',
  requests: 'Requests',
  operations: 'Operations',
} as const

export type AdminPageName = keyof typeof pages

/** A page of the administration: the way to the others, and what it holds. */
export function adminLayout(title: string, current: AdminPageName, parts: readonly Html[]): Reply {
  const reply = page({
    title,
    wide: true,
    body: html`<nav aria-label="Administration">
        ${Object.entries(pages).map(
          ([name, label]) =>
            html`<a href="/_sim/${name}" ${name === current && { html: 'aria-current="page"' }}
              >${label}</a
            > `,
        )}
      </nav>
      ${parts}`,
  })
  // Without a referrer, a browser would not say of a form that it comes from here.
  return { ...reply, headers: { ...reply.headers, 'referrer-policy': 'same-origin' } }
}
