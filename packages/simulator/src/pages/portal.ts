import { renderDocument } from '../content/html.ts'
import type { Reply } from '../http/reply.ts'
import { findIssue } from '../jira/find.ts'
import { isAgentOf, requestOfIssue, seesRequest } from '../service/access.ts'
import { statusesOf } from '../service/sla.ts'
import { mayReadComment } from '../world/permissions.ts'
import { dayOf } from '../world/time.ts'
import { html } from './html.ts'
import { page } from './layout.ts'
import { type Look, missing } from './site-pages.ts'

/** A request as its customer reads it on the portal: what was written, where it stands, and the public comments. */
export function requestPage(look: Look, key: string): Reply {
  const { site, world, viewer, caller } = look
  const issue = findIssue(site, key)
  const found = issue && requestOfIssue(look, issue)
  if (!found || !seesRequest(look, found)) return missing()
  const { type, project, desk } = found
  const nameOf = (accountId: string | null): string =>
    world.people.get(accountId ?? '')?.displayName ?? 'Nobody'
  const statusOf = (id: string): string => type?.statusNames.get(id) ?? site.jira.statuses.get(id)?.name ?? ''
  const comments = found.issue.comments.filter(
    (comment) => comment.internal !== true && mayReadComment(caller, comment, { site, project }),
  )
  const toAgents = isAgentOf(look, desk)
    ? html` · <a href="/browse/${found.issue.key}">Open as an issue</a>`
    : html``
  return page({
    title: `${found.issue.key} ${found.issue.summary}`,
    viewer: viewer.displayName,
    body: html`<p class="crumbs"><a href="/">${site.title}</a> / ${project.name} / ${found.issue.key}</p>
      <h1>${found.issue.summary}</h1>
      <p class="quiet">${type?.name ?? ''}, by ${nameOf(found.issue.reporterId)}${toAgents}</p>
      ${found.issue.description ? { html: renderDocument(found.issue.description, 2) } : html``}
      <h2>Status</h2>
      <ul class="plain">
        ${statusesOf(found.issue)
          .toReversed()
          .map(
            ({ id, at }) =>
              html`<li>
                <span class="status">${statusOf(id)}</span>
                <span class="quiet">${dayOf(at, viewer.timeZone)}</span>
              </li>`,
          )}
      </ul>
      <h2>Comments</h2>
      ${comments.length === 0 && html`<p class="quiet">None.</p>`}
      <ul class="plain">
        ${comments.map(
          (comment) =>
            html`<li>
              <p class="quiet">${nameOf(comment.authorId)}, ${dayOf(comment.created, viewer.timeZone)}</p>
              ${{ html: renderDocument(comment.body, 2) }}
            </li>`,
        )}
      </ul>`,
  })
}
