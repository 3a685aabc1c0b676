import type { JsonObject } from './json/object.ts'
import { isJsonObject, objectIn } from './json/object.ts'
import { latestLegacyRevision, legacyRevisions, metaKeys, modernRevision } from './revisions.ts'
import type { ServerDescription } from './server-description.ts'

/** How the bridge names itself until it knows the server. */
export interface BridgeInfo {
  readonly name: string
  readonly version: string
}

/**
 * What a host is told of a server that has never answered yet: that it may have tools, prompts and resources, and that
 * their lists change. A list of something it turns out not to have is answered empty.
 */
export function unknownServer(remote: URL, info: BridgeInfo): ServerDescription {
  const listed = { listChanged: true }
  return {
    capabilities: { tools: listed, prompts: listed, resources: listed, logging: {} },
    serverInfo: { ...info, title: remote.host },
  }
}

/** The result of `initialize`. A revision that is not known is answered with the newest one. */
export function initializeResult(requested: unknown, known: ServerDescription): JsonObject {
  const isKnown = typeof requested === 'string' && legacyRevisions.includes(requested)
  const { serverInfo, instructions } = known
  return {
    protocolVersion: isKnown ? requested : latestLegacyRevision,
    capabilities: changing(known.capabilities),
    serverInfo,
    ...(instructions !== undefined && { instructions }),
  }
}

/** The result of `server/discover`. It does not keep: what is known may be of the last run. */
export function discoverResult(known: ServerDescription): JsonObject {
  const { serverInfo, instructions } = known
  return {
    resultType: 'complete',
    supportedVersions: [modernRevision, ...legacyRevisions],
    capabilities: changing(known.capabilities),
    ...(instructions !== undefined && { instructions }),
    ttlMs: 0,
    cacheScope: 'private',
    _meta: { [metaKeys.serverInfo]: serverInfo },
  }
}

/** A sign-in changes what is listed, also where the server itself never does. Tools are always there: signing in is one. */
function changing(capabilities: JsonObject): JsonObject {
  const listed = ['tools', 'prompts', 'resources'].filter(
    (name) => name === 'tools' || isJsonObject(capabilities[name]),
  )
  const changed = listed.map((name) => [name, { ...objectIn(capabilities, name), listChanged: true }])
  return { logging: {}, ...capabilities, ...Object.fromEntries(changed) }
}
