import type { Ground } from '../ground.ts'
import type { Reply } from '../http/reply.ts'
import { html } from './html.ts'
import { page } from './layout.ts'
import { signInPeople } from './sign-in.ts'

/** The page at the simulator's own address: what this is, who lives in it, and where to look. */
export function startPage(ground: Ground): Reply {
  const { world, origins } = ground
  const people = signInPeople(ground)
  return page({
    title: 'Start',
    body: html`<h1>A small Jira and Confluence to try things with</h1>
      <p>
        Programs sign in here as they would at Atlassian: at <code>${origins.auth}/authorize</code>, with one
        click for a password. They find the APIs below <code>${origins.api}/ex</code>.
      </p>
      <h2>Sites</h2>
      <ul class="plain">
        ${[...world.sites.values()].map(
          (site) =>
            html`<li>
              <a href="${origins.site(site.name)}/"><strong>${site.title}</strong></a
              ><br />
              <span class="quiet">${site.name} · cloud id <code>${site.cloudId}</code></span>
            </li>`,
        )}
      </ul>
      <h2>People</h2>
      <ul class="plain">
        ${people.map(
          ({ displayName, about }) =>
            html`<li><strong>${displayName}</strong><br /><span class="quiet">${about}</span></li>`,
        )}
      </ul>`,
  })
}
