import { createAsk } from './ask.ts'
import { redeemError, SignInError } from './errors.ts'
import type { Io } from './io.ts'
import type { UpstreamProfile } from './profile.ts'
import type { ServiceAccounts } from './service-account.ts'
import type { PendingConnection, SignedIn } from './sign-in.ts'
import type { TokenEndpoint } from './token-endpoint.ts'

/** A client that acts in its own name. */
export interface ServeLogin {
  readonly clientId: string
  readonly signal?: AbortSignal
}

/** What serving rests on. */
export interface ServeOptions {
  readonly profile: UpstreamProfile
  readonly services: ServiceAccounts
  readonly endpoint: TokenEndpoint
  readonly io: Io
  readonly settle: (pending: PendingConnection, label: string) => Promise<SignedIn>
}

/** Signs in the account behind a client: its tokens, who it is, and which sites it reaches. Throws a `SignInError`. */
export const createServe =
  ({ profile, services, endpoint, io, settle }: ServeOptions) =>
  async ({ clientId, signal }: ServeLogin): Promise<SignedIn> => {
    if (!services.has(clientId))
      throw new SignInError('misconfigured', `There is no service account for the client ${clientId}.`)
    const answer = await endpoint.serve(clientId, signal)
    if (!answer.ok) throw redeemError(answer.failure)
    const { accessToken, scope = '', accessExpiresAt } = answer.grant
    const ask = createAsk(io, accessToken, signal)
    const [identity, sites] = await Promise.all([profile.identity(ask), profile.resources(ask)])
    const subject = identity.accountId
    const connection = {
      accessToken,
      refreshToken: '',
      scope,
      subject,
      choices: [],
      callbackUrl: '',
      service: clientId,
    }
    return settle({ connection, sites, accessExpiresAt }, identity.name)
  }
