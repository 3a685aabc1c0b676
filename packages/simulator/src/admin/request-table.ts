import type { LogEntry } from '../log.ts'
import { html, type Html } from '../pages/html.ts'
import { scrolling, timeText } from './world-pages.ts'

/** What was asked and answered, newest first. */
export function requestTable(entries: readonly LogEntry[]): Html {
  return scrolling(
    html`<table>
      <thead>
        <tr>
          <th>Time</th>
          <th>Who</th>
          <th>Request</th>
          <th>Operation</th>
          <th>Status</th>
          <th>Notes</th>
        </tr>
      </thead>
      <tbody>
        ${entries.toReversed().map(
          ({ at, person, site, method, path, operation, status, wrote, fault, notes }) =>
            html`<tr>
              <td>${timeText(at)}</td>
              <td>${person}</td>
              <td>
                <code>${method} ${path}</code
                >${site !== undefined && html`<br /><span class="quiet">${site}</span>`}
              </td>
              <td>${operation}</td>
              <td>${status ?? 'none'}${wrote && ', wrote'}</td>
              <td>${[...(fault === undefined ? [] : [`fault: ${fault}`]), ...notes].join(' ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  )
}
