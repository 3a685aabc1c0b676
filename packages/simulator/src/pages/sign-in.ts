import { avatarPath } from '../auth/avatars.ts'
import { describeScope } from '../auth/scopes.ts'
import type { Ground } from '../ground.ts'
import type { Reply } from '../http/reply.ts'
import type { Person, Site } from '../world/model.ts'
import { html, type Html } from './html.ts'
import { page } from './layout.ts'

/** A person as a button, with a form around it. */
export function personForm({
  person,
  action,
  hidden,
}: {
  readonly person: Person
  readonly action: string
  readonly hidden: Readonly<Record<string, string>>
}): Html {
  return html`<li>
    <form method="post" action="${action}">
      ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <button class="person" name="person" value="${person.accountId}">
        <img src="${avatarPath(person)}" alt="" width="40" height="40" />
        <span><strong>${person.displayName}</strong><span>${person.about}</span></span>
      </button>
    </form>
  </li>`
}

/** People who can sign in, in the order of the story. */
export function signInPeople({ world }: Pick<Ground, 'world'>): readonly Person[] {
  return [...world.people.values()].filter((person) => person.canSignIn && person.active)
}

/** Step one: who is it? One click, no password. */
export function signInPage(
  ground: Ground,
  { appName, request }: { readonly appName: string; readonly request: string },
): Reply {
  const people = signInPeople(ground)
  return page({
    title: 'Sign in',
    body: html`<h1>Sign in to continue to ${appName}</h1>
      <p>Choose who you want to be. Each of these people sees different things; there are no passwords.</p>
      <ul class="plain people">
        ${people.map((person) => personForm({ person, action: '/simulator/sign-in', hidden: { request } }))}
      </ul>
      ${people.length === 0 && html`<p>Nobody lives in this world yet. Start the simulator with the demo story.</p>`}`,
  })
}

/** What the consent page shows. */
export interface ConsentView {
  readonly appName: string
  readonly request: string
  readonly person: Person
  readonly scopes: readonly string[]
  readonly sites: readonly Site[]
  /** A sentence to show above the choice, after a form that could not be taken. */
  readonly complaint?: string
}

/** Step two: which sites, and what may be done there. */
export function consentPage({ origins }: Ground, view: ConsentView): Reply {
  const { appName, request, person, scopes, sites, complaint } = view
  return page({
    title: `Allow ${appName}?`,
    viewer: person.displayName,
    status: complaint === undefined ? 200 : 400,
    body: html`<h1>${appName} asks for access</h1>
      <form method="post" action="/simulator/consent">
        <input type="hidden" name="request" value="${request}" />
        <input type="hidden" name="person" value="${person.accountId}" />
        ${complaint !== undefined && html`<p role="alert"><strong>${complaint}</strong></p>`}
        <fieldset>
          <legend>Use app on</legend>
          ${sites.map(
            (site) =>
              html`<label class="choice"
                ><input type="checkbox" name="site" value="${site.cloudId}" checked />
                <span>${site.title} <span class="quiet">${origins.site(site.name)}</span></span></label
              >`,
          )}
          ${sites.length === 0 && html`<p>You cannot reach any site.</p>`}
        </fieldset>
        <h2>It wants to</h2>
        <ul>
          ${scopes.map((scope) => html`<li>${describeScope(scope)} <code>${scope}</code></li>`)}
        </ul>
        <p class="quiet">It can do no more than ${person.displayName} may do.</p>
        <div class="actions">
          <button class="main" name="decision" value="accept">Accept</button>
          <button class="other" name="decision" value="cancel">Cancel</button>
        </div>
      </form>`,
  })
}
