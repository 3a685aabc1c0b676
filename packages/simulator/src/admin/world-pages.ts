import { titleOf } from '../confluence/view.ts'
import { webui } from '../confluence/view.ts'
import type { Ground } from '../ground.ts'
import type { Reply } from '../http/reply.ts'
import { html, type Html } from '../pages/html.ts'
import type { Site } from '../world/model.ts'
import { adminLayout } from './layout.ts'

const shown = 200

const nameOf = ({ world }: Ground, accountId: string | null): string =>
  accountId === null ? '' : (world.people.get(accountId)?.displayName ?? accountId)

/** Who lives in the world, and how to come in as one of them. */
export function peoplePage(ground: Ground): Reply {
  const { world } = ground
  const sitesOf = (accountId: string): string =>
    [...world.sites.values()]
      .flatMap(({ name, members }) => {
        const member = members.get(accountId)
        return member ? [`${name} (${member.products.join(', ')}${member.admin ? ', admin' : ''})`] : []
      })
      .join('; ')
  return adminLayout('People', 'people', [
    html`<h1>People</h1>`,
    scrolling(
      html`<table>
        <thead>
          <tr>
            <th>Name</th>
            <th>E-mail</th>
            <th>API token</th>
            <th>Sites</th>
            <th>Time zone</th>
          </tr>
        </thead>
        <tbody>
          ${[...world.people.values()].map((person) => {
            const tokens = [...world.auth.apiTokens.values()].filter(
              ({ accountId }) => accountId === person.accountId,
            )
            return html`<tr>
              <td><strong>${person.displayName}</strong>${person.accountType === 'app' && ' (app)'}</td>
              <td>${person.email}</td>
              <td>${tokens.map(({ token }) => html`<code>${token}</code><br />`)}</td>
              <td>${sitesOf(person.accountId)}</td>
              <td>${person.timeZone}</td>
            </tr>`
          })}
        </tbody>
      </table>`,
    ),
  ])
}

/** Issues of all sites that hold a text, newest change first. */
export function issuesPage(ground: Ground, query: string): Reply {
  const wanted = query.toLowerCase()
  const found = [...ground.world.sites.values()].flatMap((site) =>
    [...site.jira.issues.values()]
      .filter(({ key, summary }) => `${key} ${summary}`.toLowerCase().includes(wanted))
      .map((issue) => ({ site, issue })),
  )
  const newest = found.toSorted((one, other) => other.issue.updated - one.issue.updated).slice(0, shown)
  return adminLayout('Issues', 'issues', [
    html`<h1>Issues</h1>`,
    searchForm('issues', query),
    count(found.length, newest.length),
    scrolling(
      html`<table>
        <thead>
          <tr>
            <th>Key</th>
            <th>Summary</th>
            <th>Status</th>
            <th>Assignee</th>
            <th>Updated</th>
          </tr>
        </thead>
        <tbody>
          ${newest.map(
            ({ site, issue }) =>
              html`<tr>
                <td><a href="${ground.origins.site(site.name)}/browse/${issue.key}">${issue.key}</a></td>
                <td>${issue.summary}</td>
                <td>${site.jira.statuses.get(issue.statusId)?.name}</td>
                <td>${nameOf(ground, issue.assigneeId)}</td>
                <td>${timeText(issue.updated)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
    ),
  ])
}

/** Content of all sites whose title holds a text, newest first. */
export function contentPage(ground: Ground, query: string): Reply {
  const wanted = query.toLowerCase()
  const found = [...ground.world.sites.values()].flatMap((site) =>
    [...site.confluence.contents.values()]
      .filter((content) => titleOf(content).toLowerCase().includes(wanted))
      .map((content) => ({ site, content })),
  )
  const newest = found
    .toSorted((one, other) => lastChange(other.content) - lastChange(one.content))
    .slice(0, shown)
  return adminLayout('Pages', 'pages', [
    html`<h1>Pages</h1>`,
    searchForm('pages', query),
    count(found.length, newest.length),
    scrolling(
      html`<table>
        <thead>
          <tr>
            <th>Title</th>
            <th>Space</th>
            <th>Type</th>
            <th>State</th>
            <th>Version</th>
            <th>Changed</th>
          </tr>
        </thead>
        <tbody>
          ${newest.map(({ site, content }) => {
            const address = `${ground.origins.site(site.name)}/wiki${webui(site, content)}`
            return html`<tr>
              <td><a href="${address}">${titleOf(content)}</a></td>
              <td>${spaceKey(site, content.spaceId)}</td>
              <td>${content.type}</td>
              <td>${content.status}</td>
              <td>${content.versions.at(-1)?.number}</td>
              <td>${timeText(lastChange(content))}</td>
            </tr>`
          })}
        </tbody>
      </table>`,
    ),
  ])
}

const spaceKey = ({ confluence }: Site, spaceId: string): string => confluence.spaces.get(spaceId)?.key ?? ''

const lastChange = ({ versions }: { readonly versions: readonly { readonly createdAt: number }[] }): number =>
  versions.at(-1)?.createdAt ?? 0

function searchForm(page: string, query: string): Html {
  return html`<form method="get" action="/_sim/${page}" class="row">
    <label>Text <input name="q" value="${query}" /></label> <button class="other">Find</button>
  </form>`
}

function count(all: number, these: number): Html {
  return html`<p class="quiet">
    ${all === these ? `${all} found.` : `${all} found, the newest ${these} are shown.`}
  </p>`
}

/** A table may be wider than a narrow screen; it can be reached and moved with the keyboard. */
export function scrolling(table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table">${table}</div>`
}

/** A moment in UTC, to the second. */
export const timeText = (instant: number): string =>
  new Date(instant).toISOString().slice(0, 19).replace('T', ' ')
