import type { Context, Endpoint } from './context.ts'
import { changeAccount, showAccount } from './endpoints/account.ts'
import { authorize } from './endpoints/authorize.ts'
import { callback } from './endpoints/callback.ts'
import { decideChoice, showChoice } from './endpoints/choose.ts'
import { decideConsent, showConsent } from './endpoints/consent.ts'
import { introspect } from './endpoints/introspect.ts'
import { jwks, openidMetadata, serverMetadata } from './endpoints/metadata.ts'
import { register } from './endpoints/register.ts'
import { revoke } from './endpoints/revoke.ts'
import { token } from './endpoints/token.ts'

/** What answers at a path. */
export interface Route {
  readonly methods: Readonly<Record<string, Endpoint>>
  /**
   * Who calls it. `programs` may come from any origin of a browser; `servers` and `people` from none but their own, and
   * people are answered with pages.
   */
  readonly audience: 'programs' | 'servers' | 'people'
}

/**
 * The endpoints by path. Metadata is where RFC 8414 and OpenID Connect Discovery put it, which for an issuer with a path
 * are three locations, and for one without are two.
 */
export function createRoutes({ issuer, endpoint, policy }: Context): ReadonlyMap<string, Route> {
  const { pathname } = new URL(issuer)
  const path = pathname === '/' ? '' : pathname
  const routes: (readonly [string, Route])[] = [
    [`/.well-known/oauth-authorization-server${path}`, reading(serverMetadata)],
    [`/.well-known/openid-configuration${path}`, reading(openidMetadata)],
    [`${path}/.well-known/openid-configuration`, reading(openidMetadata)],
    [endpoint('jwks'), reading(jwks)],
    [endpoint('authorize'), { audience: 'people', methods: { GET: authorize } }],
    [endpoint('consent'), { audience: 'people', methods: { GET: showConsent, POST: decideConsent } }],
    [endpoint('callback'), { audience: 'people', methods: { GET: callback } }],
    [endpoint('sites'), { audience: 'people', methods: { GET: showChoice, POST: decideChoice } }],
    [endpoint('account'), { audience: 'people', methods: { GET: showAccount, POST: changeAccount } }],
    [endpoint('token'), { audience: 'programs', methods: { POST: token } }],
    [endpoint('revoke'), { audience: 'programs', methods: { POST: revoke } }],
    [endpoint('introspect'), { audience: 'servers', methods: { POST: introspect } }],
  ]
  if (policy.registration !== 'off')
    routes.push([endpoint('register'), { audience: 'programs', methods: { POST: register } }])
  return new Map(routes.map(([address, route]) => [new URL(address, issuer).pathname, route]))
}

const reading = (read: Endpoint): Route => ({ audience: 'programs', methods: { GET: read, HEAD: read } })
