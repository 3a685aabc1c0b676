import { BridgeError } from '../bridge-error.ts'
import type { Credentials } from '../credentials/credentials.ts'
import type { CredentialStore, Turn } from '../credentials/store.ts'
import type { BridgeEvent, Observe } from '../events.ts'
import { pause } from '../pause.ts'
import { asBridgeError } from '../problem.ts'
import type { SignInState } from './access.ts'
import type { Invitation, SignInOptions } from './browser-sign-in.ts'
import type { Challenge } from './challenge.ts'
import { isUsable } from './refresh.ts'
import { signIn } from './sign-in.ts'

/** What is to be signed in for. */
interface SignInRequest {
  /** A token that did not do. One that another process put in the store and that differs is taken instead. */
  readonly refused: string | undefined
  readonly challenge: Challenge | undefined
  readonly previous: Credentials | undefined
  /** A person asked for it. Otherwise a sign-in that failed is not repeated. */
  readonly force?: boolean
}

/** What came of it. */
interface SignedIn {
  readonly credentials: Credentials
  /** Whether this process did it, or found what another one had done. */
  readonly here: boolean
}

/** Sees to it that there is one sign-in at a time, in this process and among all that share the store. */
export interface SignInDesk {
  readonly begin: (request: SignInRequest) => Promise<SignedIn>
  /** Never resolves; rejects with `sign_in_required` when a person is slow, and at once while they are. */
  readonly overdue: () => Promise<never>
  readonly state: () => SignInState
  /** Takes the address that a browser elsewhere ended at. False: no sign-in waits for it. */
  readonly paste: (address: string) => boolean
  readonly close: () => Promise<void>
  /** Aborted when the desk closes. */
  readonly signal: AbortSignal
}

/** What a desk is made of. */
export interface SignInDeskOptions extends SignInOptions {
  readonly store: CredentialStore
  readonly entry: string
  readonly observe: Observe
}

interface Pending {
  readonly done: Promise<SignedIn>
  invitation?: Invitation
  /** Whether a person has been asked, here or in another process. */
  isAsked: boolean
  /** Whether whoever waits is told instead. */
  isOverdue: boolean
}

/** Makes a desk. */
export function createSignInDesk(options: SignInDeskOptions): SignInDesk {
  const { store, entry, observe, limits, now, remote, openBrowser } = options
  const closing = new AbortController()
  const { signal } = closing
  let pending: Pending | undefined
  let failed: BridgeError | undefined
  let waiting: ((error: BridgeError) => void)[] = []

  async function run(
    request: SignInRequest,
    announce: (invitation: Invitation | undefined) => void,
  ): Promise<SignedIn> {
    const { turn, waited } = await takeTurn(announce)
    let asked = false
    const ask = (invitation: Invitation): void => {
      asked = true
      announce(invitation)
    }
    try {
      const found = await store.read(entry)
      if (isUsable(found, now()) && found.accessToken !== request.refused) {
        observe({ type: 'signed_in', server: remote.host, protection: await store.protectionOf(entry) })
        return { credentials: found, here: false }
      }
      if (waited !== undefined && turn.failures > waited) throw unfinishedElsewhere(remote)
      const credentials = await signIn({ ...request, announce: ask, signal }, options)
      asked = false
      if (pending) pending.isOverdue = false // What is left to do needs nobody.
      await keep(credentials)
      return { credentials, here: true }
    } finally {
      const isFailed = asked && !signal.aborted
      if (isFailed) await forgetClient()
      await turn.release(isFailed ? 'failed' : undefined)
    }
  }

  /** Waits for the turn. `waited`: how many sign-ins had failed when the waiting began, if there was any. */
  async function takeTurn(
    announce: (nothing: undefined) => void,
  ): Promise<{ readonly turn: Turn; readonly waited?: number }> {
    const first = await store.turn(entry)
    if (first) return { turn: first }
    const waited = await store.failures(entry)
    announce(undefined)
    for (;;) {
      await pause(limits.pollMs, signal)
      signal.throwIfAborted()
      const turn = await store.turn(entry)
      if (turn) return { turn, waited }
    }
  }

  /** A sign-in that cannot be stored is still one for this process. */
  async function keep(credentials: Credentials): Promise<void> {
    try {
      await store.change(entry, () => credentials, { signal })
      observe({ type: 'signed_in', server: remote.host, protection: await store.protectionOf(entry) })
    } catch (error) {
      observe({ type: 'not_stored', reason: asBridgeError(error).message })
    }
  }

  /** A registration that a server has forgotten shows as a sign-in that never comes back: the next one registers anew. */
  async function forgetClient(): Promise<void> {
    const forget = store.change(
      entry,
      (current) => (current?.accessToken === undefined ? undefined : current),
      { signal },
    )
    await forget.catch((error: unknown) =>
      observe({ type: 'not_stored', reason: asBridgeError(error).message }),
    )
  }

  function start(request: SignInRequest): Pending {
    const done = run(request, (invitation) => {
      current.isAsked = true
      if (invitation) current.invitation = invitation
      observe(invitation ? eventOf(invitation) : { type: 'sign_in_elsewhere' })
      if (invitation?.opened !== false) void pause(limits.patienceMs, signal).then(() => tell(current))
      else tell(current)
    })
    const current: Pending = { done, isAsked: false, isOverdue: false }
    done.then(
      () => {
        waiting = []
        return void (pending = undefined)
      },
      (error: unknown) => {
        pending = undefined
        const problem = asBridgeError(error)
        // What failed before anyone was asked may be tried again by itself: no window opened.
        if (current.isAsked) failed = problem
        if (!signal.aborted) observe({ type: 'sign_in_failed', reason: problem.message })
      },
    )
    return current
  }

  /** Lets those go who have waited long enough. */
  function tell(late: Pending): void {
    if (late !== pending) return
    late.isOverdue = true
    for (const leave of waiting) leave(signInRequired(remote, late.invitation))
    waiting = []
  }

  return {
    signal,
    async begin(request) {
      if (pending) {
        const { userCode, url } = pending.invitation ?? {}
        if (request.force && url && userCode === undefined) await openBrowser(url)
        return pending.done
      }
      if (failed && !request.force) throw failedBefore(failed)
      const again = failed !== undefined
      failed = undefined
      // After a failure the old registration is under suspicion, too.
      const { previous: _suspect, ...fresh } = request
      pending = start(again ? { ...fresh, previous: undefined } : request)
      return pending.done
    },
    overdue: () =>
      new Promise((_resolve, reject) => {
        if (pending?.isOverdue) reject(signInRequired(remote, pending.invitation))
        else waiting.push(reject)
      }),
    state() {
      const url = pending?.invitation?.url.href
      if (pending) return { kind: 'pending', ...(url !== undefined && { url }) }
      return failed ? { kind: 'failed', error: failedBefore(failed) } : { kind: 'none' }
    },
    paste(address) {
      const isTaken = pending?.invitation?.paste?.(address) ?? false
      if (isTaken && pending) pending.isOverdue = false // The person has done their part: the rest takes a moment.
      return isTaken
    },
    async close() {
      closing.abort(new BridgeError('closing', 'The proxy is closing.'))
      await pending?.done.catch(() => undefined) // It has been told to end, and gives back its turn.
    },
  }
}

function eventOf({ url, opened, userCode }: Invitation): BridgeEvent {
  return { type: 'sign_in', url: url.href, opened, ...(userCode !== undefined && { userCode }) }
}

/** What to do with an invitation. A browser elsewhere ends at an address that it cannot load, and that can be pasted. */
function instructionFor({ url, userCode }: Invitation): string {
  return userCode === undefined
    ? `Open this address in a browser on this machine, then try again: ${url.href}`
    : `Open this address in any browser, compare or type the code ${userCode}, then try again: ${url.href}`
}

function signInRequired({ host }: URL, invitation: Invitation | undefined): BridgeError {
  const what = invitation
    ? instructionFor(invitation)
    : 'Another proxy on this machine is waiting for it in a browser window. Finish it there, then try again.'
  return new BridgeError(
    'sign_in_required',
    `${host} wants you to sign in. ${what}`,
    invitation ? { url: invitation.url.href } : {},
  )
}

function unfinishedElsewhere({ host }: URL): BridgeError {
  return new BridgeError(
    'sign_in_failed',
    `The sign-in to ${host} in another proxy's window came to nothing.`,
  )
}

function failedBefore({ message }: BridgeError): BridgeError {
  return new BridgeError('sign_in_failed', `${message} To sign in, call the tool sign_in.`)
}
