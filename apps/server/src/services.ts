import { createConfluence } from '@telamon/confluence'
import type { ConfluenceServices } from '@telamon/confluence-tools'
import { createJira } from '@telamon/jira'
import type { JiraServices } from '@telamon/jira-tools'
import type { PlatformServices } from '@telamon/platform-tools'
import { effectOf, oauth } from '@telamon/rest'
import type { Hooks, RestEvent } from '@telamon/rest'
import { DryRunStop } from '@telamon/tool-registry'
import type { Person, ServiceCall } from '@telamon/tool-registry'
import type { Site, Vault } from '@telamon/vault'

import { siteOf } from './sites.ts'

/** What tools work with, whichever toolset they are of. */
export type Services = JiraServices & ConfluenceServices & PlatformServices

export interface ServicesOptions {
  readonly vault: Vault
  /** The origin of Atlassian's API gateway. */
  readonly gateway: string
  /** Holds requests back in the name of a person. */
  readonly hooksFor: (person: Person) => Hooks
  /** Charges a site, once it is known which one is meant by somebody who reaches several. */
  readonly chargeSite: (cloudId: string) => void
  readonly observe: (event: RestEvent | { readonly type: 'probe_failed'; readonly error: unknown }) => void
}

/** Clients of one site in the name of one person, made anew for each call: nothing of it outlives the call. */
export function createServices(options: ServicesOptions): (call: ServiceCall) => Promise<Services> {
  const { vault, gateway, observe } = options
  return async (call) => {
    const { grantId } = call.person
    const connection = connectionOf(vault, grantId)
    if (call.product === 'platform') return nowhere(connection)
    const site = await siteFor(call, options)
    const token = (request: { signal: AbortSignal; rejected?: string }): Promise<string> =>
      vault.token(grantId, request)
    const auth = oauth({ cloudId: site.cloudId, gateway, token })
    const client = { auth, hooks: reporting(call, options), userAgent: 'telamon', observe }
    return {
      connection,
      site,
      get jira() {
        return createJira(client)
      },
      get confluence() {
        return createConfluence(client)
      },
    }
  }
}

function connectionOf(vault: Vault, grantId: string): PlatformServices['connection'] {
  return {
    account: (options) => vault.identity(grantId, options),
    sites: (options) => vault.sites(grantId, options),
  }
}

/** Reads which site the call means. Nothing is sent to a site that the person did not allow. */
async function siteFor(
  { person, input, signal }: ServiceCall,
  { vault, chargeSite }: ServicesOptions,
): Promise<Site> {
  const site = siteOf(await vault.sites(person.grantId, { signal }), input['cloudId'])
  if (person.choices.length > 1) chargeSite(site.cloudId)
  return site
}

/** For tools that belong to no product, and so to no site. */
function nowhere(connection: PlatformServices['connection']): Services {
  return {
    connection,
    get site() {
      return lost()
    },
    get jira() {
      return lost()
    },
    get confluence() {
      return lost()
    },
  }
}

function lost(): never {
  throw new TypeError('A tool of the platform belongs to no site')
}

/**
 * Lets the audit know of each answer, and keeps a reading tool from writing whatever it calls. A second 401 in one call
 * makes the vault look whether the connection is dead, so that the next call asks for a new sign-in.
 */
function reporting(
  { person, report, tier, dryRun }: ServiceCall,
  { vault, hooksFor, observe }: ServicesOptions,
): Hooks {
  const hooks = hooksFor(person)
  return {
    ...hooks,
    beforeRequest(attempt) {
      if (tier === 'read' && effectOf(attempt.operation) !== 'read') {
        throw new TypeError(`A reading tool tried to call ${attempt.operation.id}`)
      }
      if (dryRun && effectOf(attempt.operation) !== 'read') {
        throw new DryRunStop({ operation: attempt.operation, input: attempt.input })
      }
      return hooks.beforeRequest?.(attempt)
    },
    afterResponse(attempt) {
      hooks.afterResponse?.(attempt)
      report({ operation: attempt.operation, status: attempt.status })
      if (attempt.status === 401 && attempt.attempt > 1) {
        vault.probe(person.grantId).catch((error: unknown) => observe({ type: 'probe_failed', error }))
      }
    },
  }
}
