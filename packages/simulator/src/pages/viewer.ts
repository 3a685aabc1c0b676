import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import { empty, type Reply } from '../http/reply.ts'
import type { Person, Site } from '../world/model.ts'
import { html } from './html.ts'
import { page } from './layout.ts'
import { personForm, signInPeople } from './sign-in.ts'

const cookie = 'telamon-simulator-viewer'

/** Who looks at the pages, by a cookie; nobody in a fresh browser. */
export function viewerOf({ world }: Pick<Ground, 'world'>, request: Request): Person | undefined {
  const cookies = request.headers.get('cookie')?.split(/;\s*/) ?? []
  const value = cookies.find((pair) => pair.startsWith(`${cookie}=`))?.slice(cookie.length + 1)
  const person = world.people.get(decodeURIComponent(value ?? ''))
  return person?.canSignIn === true ? person : undefined
}

/** The viewer as a caller, with all that the person may do. */
export function callerOf(person: Person): Caller {
  return { person, via: 'basic' }
}

/** Asks who wants to look, and leads back to where the question came up. */
export function chooseViewer(
  ground: Ground,
  { site, back }: { readonly site: Site; readonly back: string },
): Reply {
  const people = signInPeople(ground).filter(({ accountId }) => site.members.has(accountId))
  return page({
    title: site.title,
    body: html`<h1>${site.title}</h1>
      <p>Who is looking? What you see is what this person may see.</p>
      <ul class="plain people">
        ${people.map((person) => personForm({ person, action: '/simulator/look-as', hidden: { back } }))}
      </ul>`,
  })
}

/** Only a path of this very site may be gone back to. */
function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])[\w\-./~%+?=&]*$/.test(path) ? path : '/'
}

/** Takes the answer to the question above. */
export function lookAs({ world }: Ground, form: URLSearchParams): Reply {
  const person = world.people.get(form.get('person') ?? '')
  const value = person?.canSignIn === true ? encodeURIComponent(person.accountId) : ''
  return empty(303, {
    location: safePath(form.get('back')),
    'set-cookie': `${cookie}=${value}; Path=/; HttpOnly; SameSite=Lax`,
  })
}
