import type { Fault } from '../faults/fault.ts'
import { faultPresets } from '../faults/presets.ts'
import type { Ground } from '../ground.ts'
import type { Reply } from '../http/reply.ts'
import { html, type Html } from '../pages/html.ts'
import type { Administered } from './actions.ts'
import { adminLayout } from './layout.ts'
import { requestTable } from './request-table.ts'
import { scrolling, timeText } from './world-pages.ts'

/** Everything at a glance, and what can be set. */
export function overviewPage(simulator: Administered, ground: Ground): Reply {
  return adminLayout('Overview', '', [
    html`<h1>The world of the simulator</h1>`,
    sites(ground),
    time(simulator),
    faults(simulator),
    limits(simulator),
    switches(simulator),
    snapshots(simulator),
    html`<h2>Latest requests</h2>`,
    requestTable(simulator.log.entries().slice(-10)),
  ])
}

function sites({ world, origins }: Ground): Html {
  return html`<h2>Sites</h2>
    ${scrolling(
      html`<table>
        <thead>
          <tr>
            <th>Site</th>
            <th>Cloud id</th>
            <th>People</th>
            <th>Projects</th>
            <th>Issues</th>
            <th>Spaces</th>
            <th>Pages</th>
          </tr>
        </thead>
        <tbody>
          ${[...world.sites.values()].map(
            ({ name, title, cloudId, members, jira, confluence }) =>
              html`<tr>
                <td><a href="${origins.site(name)}/">${title}</a></td>
                <td><code>${cloudId}</code></td>
                <td>${members.size}</td>
                <td>${jira.projects.size}</td>
                <td>${jira.issues.size}</td>
                <td>${confluence.spaces.size}</td>
                <td>${confluence.contents.size}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}`
}

/** A button that sends these fields. */
function button(action: string, label: string, fields: Readonly<Record<string, string>>): Html {
  return html`<form method="post" action="/_sim/${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="other">${label}</button>
  </form>`
}

function time({ clock }: Administered): Html {
  const { frozen } = clock
  return html`<h2>Time</h2>
    <p><strong>${timeText(clock.now())} UTC</strong>, ${frozen ? 'standing still' : 'running'}</p>
    <div class="row">
      ${frozen ? button('clock', 'Let it run', { resume: 'yes' }) : button('clock', 'Stop it', { freeze: 'yes' })}
      ${button('clock', 'One minute on', { advance: '60000' })}
      ${button('clock', 'One hour on', { advance: '3600000' })}
      ${button('clock', 'One day on', { advance: '86400000' })}
    </div>`
}

/** A fault in words: what the page calls it, or its kind with what belongs to it. */
function nameOf(fault: Fault): string {
  const same = Object.entries(faultPresets).find(
    ([, preset]) => JSON.stringify(preset) === JSON.stringify(fault),
  )
  return same?.[0] ?? JSON.stringify(fault)
}

function faults({ faults: book }: Administered): Html {
  const declared = book.list()
  return html`<h2>Faults</h2>
    ${
      declared.length === 0
        ? html`<p class="quiet">None is declared. Everything goes well.</p>`
        : scrolling(
            html`<table>
              <thead>
                <tr>
                  <th>Fault</th>
                  <th>Where</th>
                  <th>Share</th>
                  <th>Left</th>
                  <th>Struck</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${declared.map(
                  ({ id, fault, match = {}, share = 1, left, struck }) =>
                    html`<tr>
                      <td>${nameOf(fault)}</td>
                      <td>${Object.values(match).join(', ') || 'everywhere'}</td>
                      <td>${Math.round(share * 100)} %</td>
                      <td>${left}</td>
                      <td>${struck}</td>
                      <td>${button(`faults/${id}`, 'Remove', { method: 'DELETE' })}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`,
          )
    }
    <form method="post" action="/_sim/faults">
      <fieldset>
        <legend>Declare a fault</legend>
        <p class="quiet">Without an operation and a person, it strikes everything and everybody.</p>
        <div class="row">
          <label
            >What happens
            <select name="preset">
              ${Object.keys(faultPresets).map((name) => html`<option>${name}</option>`)}
            </select></label
          >
          <label>Operation <input name="match.operation" placeholder="such as getIssue" /></label>
          <label>Person <input name="match.person" placeholder="such as maya" /></label>
          <label
            >Percent of requests <input name="percent" type="number" min="1" max="100" value="100"
          /></label>
          <label
            >Times <input name="times" value="1" pattern="\\d+|always" title="a number, or always"
          /></label>
          <button class="main">Declare</button>
        </div>
      </fieldset>
    </form>`
}

function limits({ limits: meter }: Administered): Html {
  const pools = meter.points()
  return html`<h2>Limits</h2>
    ${
      pools.length === 0
        ? html`<p class="quiet">No app has spent points yet.</p>`
        : html`<ul>
            ${pools.map(({ pool, spent }) => html`<li>${pool}: ${spent} points in this hour</li>`)}
          </ul>`
    }`
}

function switches({ switches: { jqlUnknown, indexLag } }: Administered): Html {
  const choice = (value: string, label: string): Html =>
    html`<option value="${value}" ${value === jqlUnknown && { html: 'selected' }}>${label}</option>`
  return html`<h2>Switches</h2>
    <form method="post" action="/_sim/switches" class="row">
      <label
        >JQL that names what is not there
        <select name="jqlUnknown">
          ${choice('empty', 'finds nothing')} ${choice('error', 'is refused')}
        </select></label
      >
      <label
        >Searches are late by, in milliseconds
        <input name="indexLag.median" type="number" min="0" value="${indexLag?.median ?? 0}"
      /></label>
      <button class="other">Set</button>
    </form>`
}

function snapshots({ snapshots: kept }: Administered): Html {
  const names = kept.names()
  return html`<h2>Snapshots</h2>
    <div class="row">
      ${button(`snapshots/${nextName(names)}`, 'Keep the world as it is', {})}
      ${names.map((name) => button(`restore/${name}`, `Back to ${name}`, {}))}
      ${button('reset', 'Back to the beginning', {})}
    </div>`
}

const nextName = (names: readonly string[]): string => `snapshot-${names.length + 1}`
