import type { Ground } from '../ground.ts'
import type { Reply } from '../http/reply.ts'
import { html } from '../pages/html.ts'
import type { Administered } from './actions.ts'
import { adminLayout } from './layout.ts'
import { overviewPage } from './overview.ts'
import { requestTable } from './request-table.ts'
import { contentPage, issuesPage, peoplePage, scrolling } from './world-pages.ts'

/** The page at a path below `/_sim/`; undefined where there is none. */
export function adminPage(
  { simulator, ground }: { readonly simulator: Administered; readonly ground: Ground },
  [name = '', ...below]: readonly string[],
  query: URLSearchParams,
): Reply | undefined {
  if (below.length > 0) return undefined
  const text = query.get('q') ?? ''
  switch (name) {
    case '':
      return overviewPage(simulator, ground)
    case 'people':
      return peoplePage(ground)
    case 'issues':
      return issuesPage(ground, text)
    case 'pages':
      return contentPage(ground, text)
    case 'requests':
      return requestsPage(simulator)
    case 'operations':
      return operationsPage(simulator)
    default:
      return undefined
  }
}

function requestsPage({ log }: Administered): Reply {
  const entries = log.entries()
  return adminLayout('Requests', 'requests', [
    html`<h1>Requests</h1>
      <p class="quiet">The newest ${entries.length}. Reload for more.</p>`,
    requestTable(entries),
  ])
}

function operationsPage({ coverage }: Administered): Reply {
  const { rows, totals } = coverage()
  return adminLayout('Operations', 'operations', [
    html`<h1>Operations</h1>
      <ul>
        ${Object.entries(totals).map(([name, { served, of }]) => html`<li>${name}: ${served} of ${of} served</li>`)}
      </ul>`,
    scrolling(
      html`<table>
        <thead>
          <tr>
            <th>Operation</th>
            <th>Request</th>
            <th>Claims</th>
          </tr>
        </thead>
        <tbody>
          ${rows
            .filter(({ served }) => served)
            .map(
              ({ operation, method, path, claims }) =>
                html`<tr>
                  <td>${operation}</td>
                  <td><code>${method} ${path}</code></td>
                  <td>
                    ${Object.entries(claims)
                      .filter(([, number]) => number > 0)
                      .map(([label, number]) => `${number} ${label}`)
                      .join(', ')}
                  </td>
                </tr>`,
            )}
        </tbody>
      </table>`,
    ),
  ])
}
