import { downloadPath } from '../confluence/attachments.ts'
import { attachmentNamed } from '../confluence/files.ts'
import { attachmentsOn, sees, seesAttachment, visibleSpaces } from '../confluence/find.ts'
import { noteView } from '../confluence/lifecycle.ts'
import { bytesReply } from '../confluence/media.ts'
import { idOfTiny, newest, titleOf, webui } from '../confluence/view.ts'
import { documentOfBody } from '../content/body.ts'
import { renderDocument } from '../content/html.ts'
import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import type { Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { findIssue, visibleProjects } from '../jira/find.ts'
import { sees as seesIssue, visibleIssues, visibleOf } from '../query/jql-values.ts'
import { sprintsOf } from '../software/membership.ts'
import type { Content } from '../world/confluence-model.ts'
import { contentBelow, issuesBelow } from '../world/indexes.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Person, Site } from '../world/model.ts'
import { mayReadComment } from '../world/permissions.ts'
import { dayOf } from '../world/time.ts'
import { html, type Html } from './html.ts'
import { errorPage, page } from './layout.ts'

/** Someone looking at a site. */
export interface Look extends Ground {
  readonly site: Site
  readonly viewer: Person
  readonly caller: Caller
}

const nameOf = ({ world }: Look, accountId: string | null): string =>
  (accountId === null ? undefined : world.people.get(accountId)?.displayName) ?? 'Nobody'

const row = (name: string, value: string | Html): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`

const issueLink = (issue: Issue): Html =>
  html`<a href="/browse/${issue.key}">${issue.key}</a> ${issue.summary}`

/** What is not there and what is not visible look the same. */
export const missing = (): Reply =>
  errorPage(404, 'Nothing to see here', 'This does not exist, or the person you look as may not see it.')

/** An issue as a page to read. */
export function issuePage(look: Look, key: string): Reply {
  const { site, viewer, caller } = look
  const issue = findIssue(site, key)
  if (!issue || !seesIssue(look, issue)) return missing()
  const { jira } = site
  const project = jira.projects.get(issue.projectId)
  const zone = viewer.timeZone
  const comments = project
    ? issue.comments.filter((comment) => mayReadComment(caller, comment, { site, project }))
    : []
  const children = visibleOf(look, issuesBelow(look.site, issue.id))
  const parent = jira.issues.get(issue.parentId ?? '')
  const sprints = sprintsOf(site, issue).map(({ name }) => name)
  return page({
    title: `${issue.key} ${issue.summary}`,
    viewer: viewer.displayName,
    body: html`<p class="crumbs"><a href="/">${site.title}</a> / ${project?.name ?? ''} / ${issue.key}</p>
      <h1>${issue.summary}</h1>
      <dl>
        ${row('Type', jira.issueTypes.get(issue.typeId)?.name ?? '')}
        ${row('Status', html`<span class="status">${jira.statuses.get(issue.statusId)?.name ?? ''}</span>`)}
        ${row('Priority', jira.priorities.get(issue.priorityId)?.name ?? '')}
        ${row('Assignee', nameOf(look, issue.assigneeId))} ${row('Reporter', nameOf(look, issue.reporterId))}
        ${issue.labels.length > 0 && row('Labels', issue.labels.join(', '))}
        ${issue.dueDate !== null && row('Due', issue.dueDate)} ${row('Created', dayOf(issue.created, zone))}
        ${sprints.length > 0 && row('Sprint', sprints.join(', '))}
        ${row('Updated', dayOf(issue.updated, zone))} ${parent && row('Parent', issueLink(parent))}
      </dl>
      <h2>Description</h2>
      ${issue.description ? { html: renderDocument(issue.description, 2) } : html`<p class="quiet">None.</p>`}
      ${
        children.length > 0 &&
        html`<h2>Below it</h2>
          <ul>
            ${children.map((child) => html`<li>${issueLink(child)}</li>`)}
          </ul>`
      }
      ${
        issue.remoteLinks.length > 0 &&
        html`<h2>Links</h2>
          <ul>
            ${issue.remoteLinks.map(
              ({ object }) =>
                html`<li>${asText(object['title'])} <span class="quiet">${asText(object['url'])}</span></li>`,
            )}
          </ul>`
      }
      <h2>Comments</h2>
      ${comments.length === 0 && html`<p class="quiet">None.</p>`}
      <ul class="plain">
        ${comments.map(
          (comment) =>
            html`<li>
              <p class="quiet">${nameOf(look, comment.authorId)}, ${dayOf(comment.created, zone)}</p>
              ${{ html: renderDocument(comment.body, 2) }}
            </li>`,
        )}
      </ul>`,
  })
}

function contentPage(look: Look, content: Content | undefined): Reply {
  const { site, viewer } = look
  if (!content || content.status === 'trashed' || !sees(look, content)) return missing()
  const version = newest(content)
  const space = site.confluence.spaces.get(content.spaceId)
  const children = childrenOf(look, content)
  const files = attachmentsOn(look, content)
  noteView(look, { contentId: content.id, accountId: viewer.accountId, at: look.clock.now() })
  return page({
    title: version.title,
    viewer: viewer.displayName,
    body: html`<p class="crumbs"><a href="/wiki">${site.title}</a> / ${space?.name ?? ''}</p>
      <h1>${version.title}</h1>
      <p class="quiet">
        Version ${version.number}, by ${nameOf(look, version.authorId)},
        ${dayOf(version.createdAt, viewer.timeZone)}${content.labels.map(({ name }) => html` · ${name}`)}
      </p>
      ${{ html: renderDocument(documentOfBody(version.body), 1) }}
      ${
        children.length > 0 &&
        html`<h2>Below it</h2>
          ${contentList(site, children)}`
      }
      ${
        files.length > 0 &&
        html`<h2>Files</h2>
          <ul>
            ${files.map((file) => html`<li><a href="/wiki${downloadPath(file, newest(file))}">${newest(file).title}</a></li>`)}
          </ul>`
      }`,
  })
}

/** The bytes of a file, by the content that it is on and its name. */
function filePage(look: Look, contentId: string, name: string): Reply {
  const content = look.site.confluence.contents.get(contentId)
  const file = content && attachmentNamed(look.site, content, name)
  const version = file && seesAttachment(look, file) ? newest(file) : undefined
  const bytes = look.site.confluence.files.get(version?.fileId ?? '')
  return bytes === undefined ? missing() : bytesReply(bytes, version)
}

function childrenOf(look: Look, parent: Content): readonly Content[] {
  return contentBelow(look.site, parent.id).filter((child) => child.status === 'current' && sees(look, child))
}

const contentList = (site: Site, contents: readonly Content[]): Html =>
  html`<ul>
    ${contents.map((content) => html`<li><a href="/wiki${webui(site, content)}">${titleOf(content)}</a></li>`)}
  </ul>`

/** The page behind an address below `/wiki`. */
export function wikiPage(look: Look, path: string): Reply {
  const { confluence } = look.site
  if (path === '' || path === '/') return wikiHome(look)
  const byId =
    /^\/spaces\/[^/]+\/(?:pages|folder|whiteboard|database|embed|custom|blog(?:\/\d+){3})\/(\d+)(?:\/|$)/.exec(
      path,
    )
  if (byId) return contentPage(look, confluence.contents.get(byId[1] ?? ''))
  const file = /^\/download\/attachments\/(\d+)\/([^/]+)$/.exec(path)
  if (file) return filePage(look, file[1] ?? '', decodeURIComponent(file[2] ?? ''))
  const tiny = /^\/x\/([\w-]+)$/.exec(path)
  if (tiny) return contentPage(look, confluence.contents.get(idOfTiny(tiny[1] ?? '') ?? ''))
  const home = /^\/spaces\/([^/]+)(?:\/overview)?$/.exec(path)
  const space = home && visibleSpaces(look).find(({ key }) => key === decodeURIComponent(home[1] ?? ''))
  return space ? contentPage(look, confluence.contents.get(space.homepageId ?? '')) : missing()
}

function wikiHome(look: Look): Reply {
  const { site, viewer } = look
  return page({
    title: `${site.title} wiki`,
    viewer: viewer.displayName,
    body: html`<p class="crumbs"><a href="/">${site.title}</a> / Confluence</p>
      <h1>Spaces</h1>
      <ul class="plain">
        ${visibleSpaces(look).map(
          ({ key, name, description }) =>
            html`<li>
              <a href="/wiki/spaces/${key}"><strong>${name}</strong></a
              ><br /><span class="quiet">${description}</span>
            </li>`,
        )}
      </ul>`,
  })
}

/** What a person finds on a site: projects with their newest issues, and spaces. */
export function siteHome(look: Look): Reply {
  const { site, viewer } = look
  const issues = visibleIssues(look)
  const newestOf = (projectId: string): readonly Issue[] =>
    issues
      .filter((issue) => issue.projectId === projectId)
      .toSorted((one, other) => other.updated - one.updated)
      .slice(0, 5)
  return page({
    title: site.title,
    viewer: viewer.displayName,
    body: html`<h1>${site.title}</h1>
      <form method="post" action="/simulator/look-as">
        <input type="hidden" name="back" value="/" /> <button class="other">Look as somebody else</button>
      </form>
      <h2>Jira projects</h2>
      ${visibleProjects(look).map(
        (project) =>
          html`<h3>${project.name} <span class="quiet">${project.key}</span></h3>
            <p>${project.description}</p>
            <ul>
              ${newestOf(project.id).map((issue) => html`<li>${issueLink(issue)}</li>`)}
            </ul>`,
      )}
      <h2>Confluence spaces</h2>
      <ul>
        ${visibleSpaces(look).map(({ key, name }) => html`<li><a href="/wiki/spaces/${key}">${name}</a></li>`)}
      </ul>`,
  })
}
