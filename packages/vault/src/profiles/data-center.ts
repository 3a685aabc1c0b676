import * as z from 'zod'

import { VaultError } from '../errors.ts'
import type { Identity, UpstreamProfile } from '../profile.ts'

/** One Data Center installation. Each has an authorization server of its own. */
export interface DataCenter {
  /** Its base address, with the context path if there is one. `https:`, or `http:` on loopback. */
  readonly base: string
  readonly product: 'jira' | 'confluence'
  /** What people call it. Default: its host. */
  readonly name?: string
}

const day = 24 * 60 * 60 * 1000

/**
 * Data Center's own OAuth 2.0 provider: Jira since 8.22, Confluence since 7.17. Documented: its addresses, access tokens of
 * an hour, PKCE; reported: a refresh has to repeat `redirect_uri`. How long its refresh tokens live is for the
 * administrator to say; here a connection rests for 90 days and lives for a year.
 * @see https://confluence.atlassian.com/adminjiraserver/jira-oauth-2-0-provider-api-1115659070.html
 */
export function dataCenterProfile({ base, product, name }: DataCenter): UpstreamProfile {
  const root = trustedBase(base)
  const { host } = new URL(root)
  const site = {
    cloudId: host.replaceAll(/[^\w-]/g, '-'),
    url: root,
    name: name ?? host,
    scopes: [],
    products: [product],
  } as const
  return {
    issuer: new URL(root).origin,
    authorizeUrl: `${root}/rest/oauth2/latest/authorize`,
    tokenUrl: `${root}/rest/oauth2/latest/token`,
    authorizeParameters: {},
    scopes: [],
    clientAuth: 'client_secret_post',
    pkce: 'always',
    sendRedirectUriOnRefresh: true,
    accessLifetimeMs: 60 * 60 * 1000,
    idleLifetimeMs: 90 * day,
    absoluteLifetimeMs: 365 * day,
    isDeadGrant: ({ status, error }) => (status === 400 || status === 403) && error === 'invalid_grant',
    identity: people[product](root),
    resources: async () => [site],
  }
}

/** Data Center's scopes are steps of one ladder: who may write may read. */
export const dataCenterScopes = (permissions: readonly string[]): readonly string[] =>
  permissions.some((permission) => permission.endsWith(':write')) ? ['WRITE'] : ['READ']

/** An address that tokens may be sent to. */
function trustedBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const loopback = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)
  if (url !== undefined && safe && url.search + url.hash + url.username + url.password === '')
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  throw new VaultError(
    'misconfigured',
    `${JSON.stringify(text)} is no base address of Data Center. Give one such as https://jira.example.com; http: is for loopback addresses only.`,
  )
}

/** Text that people wrote, for one line of a page: no control, formatting or bidirectional characters. */
const Line = z.string().transform((text) => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 200))

const JiraUser = z.object({
  key: z.string().min(1).max(200),
  displayName: Line.nullish(),
  emailAddress: Line.nullish(),
  timeZone: Line.nullish(),
  locale: Line.nullish(),
})

const ConfluenceUser = z.object({ userKey: z.string().min(1).max(200), displayName: Line.nullish() })

const people: Readonly<Record<DataCenter['product'], (root: string) => UpstreamProfile['identity']>> = {
  jira: (root) => async (ask) => {
    const user = JiraUser.parse(await ask(`${root}/rest/api/2/myself`))
    const { key, displayName, emailAddress, timeZone, locale } = user
    return {
      accountId: key,
      name: displayName || key,
      ...(emailAddress && { email: emailAddress }),
      ...(timeZone && { timeZone }),
      ...(locale && { locale }),
    } satisfies Identity
  },
  confluence: (root) => async (ask) => {
    const { userKey, displayName } = ConfluenceUser.parse(await ask(`${root}/rest/api/user/current`))
    return { accountId: userKey, name: displayName || userKey }
  },
}
