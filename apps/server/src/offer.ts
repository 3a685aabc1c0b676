import { confluenceToolset } from '@telamon/confluence-tools'
import { jiraToolset } from '@telamon/jira-tools'
import { operationToolset } from '@telamon/operation-tools'
import { platformToolset } from '@telamon/platform-tools'
import { catalogueToolset, createRegistry } from '@telamon/tool-registry'
import type { Registry, Selection } from '@telamon/tool-registry'

import { usual } from './permissions.ts'
import type { Services } from './services.ts'
import type { Settings } from './settings.ts'

/** Atlassian lets an app ask for fewer than 50 scopes (documented). */
export const mostScopes = 49

/** The tools of this server, and what they need upstream. */
export interface Offer {
  readonly registry: Registry<Services>
  /** What this server lets anybody do: the upper bound of every connection. */
  readonly offered: Selection
  /** The scopes that the enabled tools need, and that a sign-in asks for at most. */
  readonly scopes: readonly string[]
  /** Operations of Atlassian's that are out of reach within those scopes, by name. */
  readonly outOfReach: () => Promise<readonly string[]>
}

/** Puts the tools together: those of the toolsets, and every operation that their scopes cover besides. */
export function createOffer(settings: Settings): Offer {
  const tools = [platformToolset, catalogueToolset, jiraToolset, confluenceToolset] as const
  const offered: Selection = {
    permissions: usual.useful,
    tiers: settings.TELAMON_TIERS,
    readOnly: settings.TELAMON_READONLY,
    ...(settings.TELAMON_TOOLSETS && { toolsets: settings.TELAMON_TOOLSETS }),
  }
  const scopes = createRegistry(tools).upstreamScopes(usual.useful, offered)
  const operations = operationToolset({ scopes })
  return {
    registry: createRegistry([...tools, operations]),
    offered,
    scopes,
    async outOfReach() {
      const within = new Set(await namesOf(operations))
      return (await namesOf(operationToolset())).filter((name) => !within.has(name))
    },
  }
}

/** Names of all that a toolset has, those that are made on demand included. */
async function namesOf({ tools, more }: ReturnType<typeof operationToolset>): Promise<readonly string[]> {
  const entries = (await more?.entries()) ?? []
  return [...tools, ...entries].map(({ name }) => name)
}
