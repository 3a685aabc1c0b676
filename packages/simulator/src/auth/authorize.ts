import type { Ground } from '../ground.ts'
import { empty, type Reply } from '../http/reply.ts'
import { errorPage } from '../pages/layout.ts'
import { consentPage, signInPage } from '../pages/sign-in.ts'
import type { App } from '../world/auth-model.ts'
import type { Person } from '../world/model.ts'
import { consent, issueCode, sitesOf } from './grants.ts'
import type { ScopeBook } from './scopes.ts'

/** A request for a sign-in that may be answered by a redirect. */
interface Authorization {
  readonly app: App
  readonly redirectUri: string
  readonly state: string | null
  readonly scopes: readonly string[]
}

type Checked =
  | { readonly ok: true; readonly authorization: Authorization }
  | { readonly ok: false; readonly reply: Reply }

const redirect = (address: string, members: Readonly<Record<string, string | null>>): Reply => {
  const url = new URL(address)
  for (const [name, value] of Object.entries(members)) if (value !== null) url.searchParams.set(name, value)
  return empty(302, { location: url.href })
}

/** Any port and path on this machine counts for an app of the demo; others are compared as text (RFC 8252, 7.3). */
function isRegistered(app: App, address: string): boolean {
  if (app.redirectUris.includes(address)) return true
  if (!app.redirectUris.includes('loopback') || !URL.canParse(address)) return false
  const { protocol, hostname, hash } = new URL(address)
  return protocol === 'http:' && hash === '' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}

const refused = (title: string, sentence: string): Checked => ({
  ok: false,
  reply: errorPage(400, title, sentence),
})

/** What is wrong with app or address is shown here; only what comes after goes back to the app. */
function check({ world }: Ground, scopeBook: ScopeBook, parameters: URLSearchParams): Checked {
  const app = world.auth.apps.get(parameters.get('client_id') ?? '')
  if (!app)
    return refused('Unknown app', 'No app has this client_id. Check the settings of the app you came from.')
  const redirectUri = parameters.get('redirect_uri') ?? ''
  if (!isRegistered(app, redirectUri)) {
    return refused(
      'Wrong address',
      `${app.name} did not register this redirect_uri. Register it, or correct the request.`,
    )
  }
  const state = parameters.get('state')
  const back = (error: string, error_description: string): Checked => ({
    ok: false,
    reply: redirect(redirectUri, { error, error_description, state }),
  })
  if (parameters.get('response_type') !== 'code') {
    return back('unsupported_response_type', 'response_type must be code')
  }
  const audience = parameters.get('audience')
  if (audience !== null && audience !== 'api.atlassian.com') {
    return back('invalid_request', 'audience must be api.atlassian.com')
  }
  const scopes = [...new Set((parameters.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== ''))]
  if (scopes.length === 0) return back('invalid_scope', 'Ask for at least one scope')
  const strange = scopes.find((scope) => !scopeBook.isKnown(scope))
  if (strange !== undefined) return back('invalid_scope', `There is no scope ${strange}`)
  return { ok: true, authorization: { app, redirectUri, state, scopes } }
}

/** `GET /authorize`: the page on which a person says who it is. */
export function authorize(ground: Ground, scopeBook: ScopeBook, parameters: URLSearchParams): Reply {
  const checked = check(ground, scopeBook, parameters)
  if (!checked.ok) return checked.reply
  return signInPage(ground, { appName: checked.authorization.app.name, request: parameters.toString() })
}

/** The request that a form carries along is checked as if it had come for the first time. */
function continued(
  ground: Ground,
  scopeBook: ScopeBook,
  form: URLSearchParams,
): Checked & { readonly person?: Person } {
  const checked = check(ground, scopeBook, new URLSearchParams(form.get('request') ?? ''))
  const person = ground.world.people.get(form.get('person') ?? '')
  return { ...checked, ...(person?.canSignIn === true && person.active && { person }) }
}

const nobody = (): Reply =>
  errorPage(400, 'Nobody is signed in', 'Go back to the app you came from and begin again.')

/** The form of the sign-in page: leads on to consent, each time anew. */
export function signIn(ground: Ground, scopeBook: ScopeBook, form: URLSearchParams): Reply {
  const step = continued(ground, scopeBook, form)
  if (!step.ok) return step.reply
  if (!step.person) return nobody()
  return askConsent(ground, step.authorization, { person: step.person, request: form.get('request') ?? '' })
}

function askConsent(
  ground: Ground,
  { app, scopes }: Authorization,
  asked: { readonly person: Person; readonly request: string; readonly complaint?: string },
): Reply {
  return consentPage(ground, {
    ...asked,
    appName: app.name,
    scopes,
    sites: sitesOf(ground, asked.person.accountId),
  })
}

/** The form of the consent page: back to the app with a code, or with a refusal. */
export function decide(ground: Ground, scopeBook: ScopeBook, form: URLSearchParams): Reply {
  const step = continued(ground, scopeBook, form)
  if (!step.ok) return step.reply
  const { person, authorization } = step
  if (!person) return nobody()
  const { app, redirectUri, state, scopes } = authorization
  if (form.get('decision') !== 'accept') {
    return redirect(redirectUri, {
      error: 'access_denied',
      error_description: 'User did not authorize the request',
      state,
    })
  }
  const allowed = new Set(sitesOf(ground, person.accountId).map(({ cloudId }) => cloudId))
  const cloudIds = form.getAll('site').filter((cloudId) => allowed.has(cloudId))
  if (cloudIds.length === 0) {
    const request = form.get('request') ?? ''
    return askConsent(ground, authorization, { person, request, complaint: 'Choose at least one site.' })
  }
  const grant = consent(ground, { clientId: app.clientId, accountId: person.accountId, cloudIds })
  return redirect(redirectUri, { code: issueCode(ground, { grant, redirectUri, scopes }), state })
}
