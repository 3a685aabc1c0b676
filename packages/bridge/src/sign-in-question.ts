import { isBridgeError } from './bridge-error.ts'
import type { RequestDetails } from './details.ts'
import type { Host } from './host.ts'
import { objectIn, parseJsonObject } from './json/object.ts'
import type { Request } from './message.ts'
import { notificationOf, readMessage, resultOf } from './message.ts'
import type { Questions } from './questions.ts'
import { withoutParams } from './translate/stamp.ts'

/** Asks a person to sign in by way of the host, where it can show an address (elicitation of mode `url`). */
export interface SignInQuestion {
  /** Shows the address to the person of a legacy host. */
  readonly put: (url: string) => void
  /** Tells a host that was asked that the sign-in is done. */
  readonly done: () => void
}

/** What the question is made of. */
export interface SignInQuestionOptions {
  readonly remote: URL
  readonly host: Host
  readonly questions: Questions
  readonly send: (bytes: Buffer) => void
  readonly signal: AbortSignal
}

/** Makes the question. @see MCP 2025-11-25, Elicitation, URL mode */
export function createSignInQuestion(options: SignInQuestionOptions): SignInQuestion {
  const { remote, host, questions, send, signal } = options
  const open = new Set<string>()
  return {
    put(url) {
      const identity = host.identity()
      if (identity?.era !== 'legacy' || !takesAddresses(identity.capabilities)) return
      const elicitationId = crypto.randomUUID()
      open.add(elicitationId)
      const params = JSON.stringify({ elicitationId, ...questionFor(remote, url) })
      // Whatever the person answers: the sign-in itself shows whether it was done.
      void questions.ask('elicitation/create', params, signal).catch(() => undefined)
    },
    done() {
      for (const elicitationId of open)
        send(notificationOf('notifications/elicitation/complete', JSON.stringify({ elicitationId })))
      open.clear()
    },
  }
}

/** The state of a call that waits for a sign-in, and of no other. */
const waitingForSignIn = 'telamon-sign-in'

/** For a modern host: the answer that asks its person to sign in, after which the call comes again. */
export function askedToSignIn(
  request: Request,
  { era, capabilities = '{}' }: RequestDetails,
  { remote, error }: { readonly remote: URL; readonly error: unknown },
): Buffer | undefined {
  if (era !== 'modern' || request.method !== 'tools/call' || !takesAddresses(capabilities)) return undefined
  if (!isBridgeError(error, 'sign_in_required') || error.url === undefined) return undefined
  const question = { method: 'elicitation/create', params: questionFor(remote, error.url) }
  const result = {
    resultType: 'input_required',
    inputRequests: { sign_in: question },
    requestState: waitingForSignIn,
  }
  return resultOf(request.id, JSON.stringify(result))
}

/** A call that comes again after its person was asked to sign in, as it was the first time. */
export function firstAsked(request: Request, { requestState }: RequestDetails): Request {
  if (requestState !== waitingForSignIn) return request
  const message = readMessage(withoutParams(request, ['inputResponses', 'requestState']))
  return message.kind === 'request' ? message : request
}

function questionFor({ host }: URL, url: string): object {
  return { mode: 'url', url, message: `${host} wants you to sign in. Open the address in a browser.` }
}

function takesAddresses(capabilities: string): boolean {
  return 'url' in objectIn(parseJsonObject(capabilities), 'elicitation')
}
