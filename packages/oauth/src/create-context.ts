import { createLimiter } from '@telamon/rate-limiter'

import { jwtTokens, opaqueTokens } from './access-tokens.ts'
import { createAccountSession } from './account-session.ts'
import { createBrowserBinding } from './browser.ts'
import { createAssertionCheck } from './clients/assertion.ts'
import { createAuthentication } from './clients/authentication.ts'
import { createClientFinder } from './clients/find.ts'
import { createKeySets } from './clients/key-sets.ts'
import { createDocumentSource } from './clients/metadata-document.ts'
import { judgeRedirectUri } from './clients/redirect-uri.ts'
import type { Context, EndpointName } from './context.ts'
import { createCookies } from './cookies.ts'
import { createGrantedBefore } from './granted-before.ts'
import { createGrantEnder } from './grants/end-grant.ts'
import { guard, guardRules } from './guard.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { checkIssuer, checkResource } from './issuer.ts'
import type { AuthorizationServerOptions } from './options.ts'
import { createPages } from './pages/pages.ts'
import { defaultPolicy, type Policy } from './policy.ts'
import { createScopeAlgebra } from './scopes.ts'
import type { Random } from './tokens.ts'
import { createVerification, type Verification } from './verification.ts'

/**
 * Fills in the defaults and makes the parts once, from which every endpoint takes what it needs.
 *
 * @throws {TypeError} when an option contradicts itself or another.
 */
export function createContext(options: AuthorizationServerOptions): {
  readonly context: Context
  readonly verify: Verification['verify']
} {
  const { issuer, resources, store, signIn, keys, clients = [], now = Date.now } = options
  const { random = systemRandom, observe = () => undefined } = options
  const asked: Policy = { ...defaultPolicy, ...options.policy }
  const policy: Policy = { ...asked, verifiedMs: Math.min(asked.verifiedMs, 60_000) }
  if (policy.idleClientMs < policy.refreshIdleMs)
    throw new TypeError('idleClientMs is below refreshIdleMs: clients would vanish before their tokens')
  const scopes = createScopeAlgebra(options.scopes)
  const origin = checkIssuer(issuer)
  if (resources.length === 0) throw new TypeError('An authorization server needs at least one resource')
  for (const { url, defaultScopes = [] } of resources) {
    checkResource(url)
    const strange = defaultScopes.find((name) => !scopes.all.some((scope) => scope.name === name))
    if (strange !== undefined)
      throw new TypeError(`${strange} is a default scope of ${url}, and not in scopes`)
  }
  for (const { id, redirectUris } of clients)
    for (const redirectUri of redirectUris) {
      const verdict = judgeRedirectUri(redirectUri, { schemes: policy.redirectSchemes })
      if (!verdict.ok)
        throw new TypeError(`The redirect address ${redirectUri} of client ${id} ${verdict.reason}`)
    }

  const cookies = createCookies(origin)
  const cookieKeys = keys.derive('cookie')
  const endpoint = (name: EndpointName): string => `${issuer}/${name}`
  const fetch = createGuardedFetch({
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.lookup && { lookup: options.lookup }),
  })
  const findDocument = createDocumentSource({ store, fetch, policy, now, observe })
  const findClient = createClientFinder({ configured: clients, store, findDocument, now })
  const findKeys = createKeySets({ fetch, now, entries: policy.cacheEntries })
  const audiences = [issuer, endpoint('token'), endpoint('revoke'), endpoint('introspect')]
  const authenticate = createAuthentication(
    findClient,
    createAssertionCheck({ audiences, findKeys, store, now }),
  )
  const accessTokens =
    options.accessTokens === 'jwt'
      ? jwtTokens({ issuer, keys: keys.derive('at-jwt'), now, random, tokenMs: policy.accessTokenMs })
      : opaqueTokens(random)
  const verification = createVerification({ store, accessTokens, policy, now, observe })
  const limiter = options.limiter ?? createLimiter({ rules: guardRules, now })

  return {
    verify: verification.verify,
    context: {
      issuer,
      endpoint,
      resources,
      scopes,
      store,
      signIn,
      policy,
      now,
      random,
      observe,
      findClient,
      authenticate,
      refreshKeys: keys.derive('rt-mac'),
      accessTokens,
      introspection: clients.some(({ introspects = [] }) => introspects.length > 0),
      clientCredentials: clients.some(({ service }) => service !== undefined),
      describeAccount: options.describeAccount ?? (async () => ({})),
      grantedBefore: createGrantedBefore({ cookies, keys: cookieKeys, scopes }),
      account: createAccountSession({ cookies, keys: cookieKeys, now }),
      binding: createBrowserBinding({
        issuer: origin,
        cookies,
        cookieKeys,
        csrfKeys: keys.derive('csrf'),
        random,
        stepMs: policy.stepMs,
      }),
      guard: (what, who) => guard(limiter, what, who),
      forgetToken: verification.forgetToken,
      pages: createPages(options.pages ?? {}, random),
      ...createGrantEnder({ store, signIn, policy, now, observe, verification }),
    },
  }
}

const systemRandom: Random = (array) => crypto.getRandomValues(array)
