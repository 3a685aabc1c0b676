import { createConfluence } from '@telamon/confluence'
import type { ConfluenceServices } from '@telamon/confluence-tools'
import { createJira } from '@telamon/jira'
import type { JiraServices } from '@telamon/jira-tools'
import type { PlatformServices } from '@telamon/platform-tools'
import { oauth } from '@telamon/rest'
import type { AuthStrategy, Hooks, RestEvent } from '@telamon/rest'
import type { ServiceCall, ToolProduct } from '@telamon/tool-registry'
import type { Vault } from '@telamon/vault'

import { siteOf } from './sites.ts'

/** What tools work with, whichever toolset they are of. */
export type Services = JiraServices & ConfluenceServices & PlatformServices

export interface ServicesOptions {
  readonly vault: Vault
  /** The origin of Atlassian's API gateway. */
  readonly gateway: string
  readonly productOf: (tool: string) => ToolProduct | undefined
  /** Holds requests back; shared by all calls. */
  readonly hooks: Hooks
  readonly observe?: (event: RestEvent) => void
}

/** Clients of one site in the name of one person, made anew for each call: nothing of it outlives the call. */
export function createServices(options: ServicesOptions): (call: ServiceCall) => Promise<Services> {
  const { vault, productOf, observe } = options
  return async (call) => {
    const connection = connectionOf(vault, call.person.grantId)
    const auth = productOf(call.tool) === 'platform' ? nowhere : await strategyFor(call, options)
    const client = {
      auth,
      hooks: reporting(options.hooks, call),
      userAgent: 'telamon',
      ...(observe && { observe }),
    }
    return {
      connection,
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

/** Reads which site the call means, then speaks for the person there. */
async function strategyFor(
  { person, input, signal }: ServiceCall,
  { vault, gateway }: ServicesOptions,
): Promise<AuthStrategy> {
  const { cloudId } = siteOf(await vault.sites(person.grantId, { signal }), input['cloudId'])
  return oauth({ cloudId, gateway, token: (request) => vault.token(person.grantId, request) })
}

/** For tools that belong to no product, and so to no site. */
const nowhere: AuthStrategy = {
  kind: 'oauth',
  tenant: 'none',
  baseUrl: () => {
    throw new TypeError('This tool belongs to no site')
  },
  headers: () => ({}),
}

/** Lets the audit know of each answer, beside what the hooks do. */
function reporting(hooks: Hooks, { report }: ServiceCall): Hooks {
  return {
    ...hooks,
    afterResponse(attempt) {
      hooks.afterResponse?.(attempt)
      report({ operation: attempt.operation, status: attempt.status })
    },
  }
}
