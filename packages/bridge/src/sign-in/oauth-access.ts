import { BridgeError, isBridgeError } from '../bridge-error.ts'
import type { Credentials } from '../credentials/credentials.ts'
import type { CredentialStore } from '../credentials/store.ts'
import type { Observe } from '../events.ts'
import { orAborted, pause } from '../pause.ts'
import type { Access, AccessWait, Refusal } from './access.ts'
import type { SignInOptions } from './browser-sign-in.ts'
import { endsSoon, isUsable, refresh } from './refresh.ts'
import { createSignInDesk } from './sign-in-desk.ts'

/** What access by OAuth is made of. */
export interface OAuthAccessOptions extends SignInOptions {
  readonly store: CredentialStore
  /** The name in the store. Default: after the server's address. */
  readonly entry: string
  readonly observe: Observe
}

/** Keeps a token for one server: reads it, renews it, and asks a person to sign in when nothing else helps. */
export function createOAuthAccess(options: OAuthAccessOptions): Access {
  const { store, entry, now, observe, limits } = options
  const desk = createSignInDesk(options)
  let credentials: Credentials | undefined
  let loading: Promise<void> | undefined
  let renewing: Promise<void> | undefined
  /** The token of a sign-in of this process that no answer has confirmed yet. */
  let unproven: string | undefined
  /** Scopes that a sign-in was made for. When they are asked for again, another one would not help either. */
  const widened = new Set<string>()

  async function load(): Promise<void> {
    try {
      credentials = await store.read(entry)
    } catch (error) {
      loading = undefined // What is wrong with the store may be mended while we run.
      throw error
    }
  }

  /** Renews once for all who ask at the same time. */
  function renewed(spent: string, signal: AbortSignal | undefined): Promise<void> {
    renewing ??= refresh(spent, { ...options, signal: desk.signal })
      .then((next) => {
        if (next?.accessToken !== undefined && next.accessToken !== spent) observe({ type: 'token_renewed' })
        return void (credentials = next)
      })
      .finally(() => (renewing = undefined))
    return orAborted(renewing, signal)
  }

  async function authorization({ signal }: AccessWait = {}): Promise<string | undefined> {
    if (credentials === undefined) await (loading ??= load())
    const current = credentials
    if (current?.accessToken === undefined) return undefined
    if (current.refreshToken !== undefined && endsSoon(current, now())) {
      try {
        await renewed(current.accessToken, signal)
      } catch (error) {
        if (!isUsable(current, now())) throw error // Otherwise the old token does for now.
      }
    }
    return credentials?.accessToken === undefined ? undefined : `Bearer ${credentials.accessToken}`
  }

  /** Waits for a person, and takes over what came of it. */
  async function signedIn(
    task: { refused: string | undefined; force?: boolean } & Pick<Refusal, 'challenge'>,
    wait: AccessWait,
  ): Promise<void> {
    const previous = credentials ?? (await store.read(entry))
    const done = desk.begin({ ...task, previous }).then((next) => {
      if (next.here) unproven = next.credentials.accessToken
      return void (credentials = next.credentials)
    })
    done.catch(() => undefined) // Heard below, unless the wait is over before.
    await orAborted(wait.patient ? done : Promise.race([done, desk.overdue()]), wait.signal)
  }

  return {
    authorization,
    accepted(given) {
      if (unproven !== undefined && given === `Bearer ${unproven}`) unproven = undefined
    },
    async renew({ refused, challenge, ...wait }) {
      const token = tokenOf(refused)
      if (token !== undefined && credentials?.accessToken !== undefined && credentials.accessToken !== token)
        return
      if (token !== undefined && token === unproven) throw refusedAfterSignIn(options.remote)
      if (token === undefined) await load()
      else await renewed(token, wait.signal)
      if (isUsable(credentials, now()) && credentials.accessToken !== token) return
      await signedIn({ refused: token, challenge }, wait)
    },
    async widen({ refused, challenge, ...wait }) {
      const scope = challenge?.scope ?? ''
      if (widened.has(scope)) throw stillMissing(options.remote, scope)
      await load()
      const token = tokenOf(refused)
      if (isUsable(credentials, now()) && credentials.accessToken !== token && covers(credentials, scope))
        return
      await signedIn({ refused: token, challenge }, wait)
      widened.add(scope)
    },
    state: desk.state,
    paste: desk.paste,
    overdue: desk.overdue,
    async signIn(wait = {}) {
      await load()
      await signedIn({ refused: credentials?.accessToken, challenge: undefined, force: true }, wait)
    },
    async close() {
      // A refresh token that is spent and whose successor is lost would sign the person out.
      await Promise.race([renewing?.catch(() => undefined), pause(limits.goodbyeMs)])
      await desk.close()
    },
  }
}

function tokenOf(authorization: string | undefined): string | undefined {
  return authorization?.replace(/^Bearer /, '')
}

function covers({ scope = '' }: Credentials, needed: string): boolean {
  const granted = new Set(scope.split(' '))
  return needed.split(' ').every((name) => granted.has(name))
}

function refusedAfterSignIn({ host }: URL): BridgeError {
  const message = `${host} refuses the token that its own authorization server gave. Tell who runs the server.`
  return new BridgeError('sign_in_failed', message)
}

function stillMissing({ host }: URL, scope: string): BridgeError {
  const message = `${host} still asks for ${scope || 'more scopes'} after a sign-in for it. Your account may lack that permission.`
  return new BridgeError('refused', message)
}

/** Whether a person can do something about an error by signing in. */
export function isSignInProblem(error: unknown): boolean {
  return isBridgeError(error, 'sign_in_required') || isBridgeError(error, 'sign_in_failed')
}
