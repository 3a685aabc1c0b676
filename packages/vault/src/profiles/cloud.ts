import * as z from 'zod'

import { VaultError } from '../errors.ts'
import type { Identity, Site, SiteProduct, UpstreamProfile } from '../profile.ts'

/** Other origins than Atlassian's, for a simulator or for Government Cloud. `https:`, or `http:` on loopback. */
export interface CloudOrigins {
  /** Where people sign in and tokens are issued. */
  readonly auth?: string
  /** Where the API is, with identity and sites. */
  readonly gateway?: string
}

const day = 24 * 60 * 60 * 1000

/**
 * Atlassian Cloud, OAuth 2.0 (3LO). Documented: `audience` and `prompt`, the client's secret in the body, access tokens
 * of an hour, refresh tokens that rotate, die after 90 days of rest and 365 days in all, and may be sent again within
 * 10 minutes. Reported: a PKCE challenge does no harm where it is not checked.
 * @see https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
 */
export function cloudProfile(origins: CloudOrigins = {}): UpstreamProfile {
  const auth = trustedOrigin(origins.auth ?? 'https://auth.atlassian.com')
  const gateway = trustedOrigin(origins.gateway ?? 'https://api.atlassian.com')
  return {
    issuer: auth,
    authorizeUrl: `${auth}/authorize`,
    tokenUrl: `${auth}/oauth/token`,
    authorizeParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
    scopes: ['read:me', 'offline_access'],
    clientAuth: 'client_secret_post',
    pkce: 'always',
    sendRedirectUriOnRefresh: false,
    accessLifetimeMs: 60 * 60 * 1000,
    idleLifetimeMs: 90 * day,
    absoluteLifetimeMs: 365 * day,
    // Reported for an unknown or rotated token: 403 unauthorized_client. Documented: 403 invalid_grant.
    isDeadGrant: ({ status, error }) =>
      (status === 400 || status === 403) && (error === 'unauthorized_client' || error === 'invalid_grant'),
    identity: async (ask) => toIdentity(Me.parse(await ask(`${gateway}/me`))),
    resources: async (ask) =>
      mergeSites(Resources.parse(await ask(`${gateway}/oauth/token/accessible-resources`))),
  }
}

/** An origin that tokens may be sent to. */
function trustedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const loopback = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)
  if (url !== undefined && safe && url.pathname === '/' && url.search === '' && url.hash === '')
    return url.origin
  throw new VaultError(
    'misconfigured',
    `${JSON.stringify(text)} is no origin for tokens. Give one such as https://auth.atlassian.com, without a path; ` +
      'http: is for loopback addresses only.',
  )
}

/** Text that people wrote, for one line of a page: no control, formatting or bidirectional characters. */
const Line = z.string().transform((text) => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 200))

const Me = z.object({
  account_id: z.string().min(1).max(200),
  name: Line.nullish(),
  email: Line.nullish(),
  picture: z.url().nullish(),
  zoneinfo: Line.nullish(),
  locale: Line.nullish(),
})

function toIdentity({ account_id, name, email, picture, zoneinfo, locale }: z.infer<typeof Me>): Identity {
  return {
    accountId: account_id,
    name: name || email || account_id,
    ...(email && { email }),
    ...(picture && { picture }),
    ...(zoneinfo && { timeZone: zoneinfo }),
    ...(locale && { locale }),
  }
}

const Resources = z
  .array(
    z.object({
      id: z.string().regex(/^[\w-]{1,100}$/),
      url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
      name: Line,
      scopes: z.array(z.string().max(200)).max(1000).default([]),
    }),
  )
  .max(5000)

/** Atlassian lists a site once for each product family, in no order (documented); we want it once. */
function mergeSites(entries: z.infer<typeof Resources>): readonly Site[] {
  const byId = Map.groupBy(entries, ({ id }) => id)
  const sites = [...byId].map(([cloudId, [first, ...others]]) => {
    const scopes = [...new Set([first, ...others].flatMap((entry) => entry?.scopes ?? []))].toSorted()
    const { url = '', name = '' } = first ?? {}
    return { cloudId, url, name, scopes, products: productsIn(scopes) }
  })
  return sites.toSorted((one, other) => compare(one.name, other.name) || compare(one.cloudId, other.cloudId))
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

const signs: Readonly<Record<SiteProduct, RegExp>> = {
  jira: /:jira(-\w+)?$|[-:]jira-(work|user|project|configuration)\b/,
  confluence: /confluence/,
  jsm: /servicedesk/,
}

/** Scopes name their product: `read:jira-work`, `write:page:confluence`, `read:servicedesk-request`. */
const productsIn = (scopes: readonly string[]): readonly SiteProduct[] =>
  (['jira', 'confluence', 'jsm'] as const).filter((product) =>
    scopes.some((scope) => signs[product].test(scope)),
  )
