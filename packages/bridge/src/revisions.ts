/**
 * The two families of protocol revisions: *legacy* opens a connection with `initialize`, *modern* (2026-07-28) puts
 * version and capabilities into each request.
 */
export type Era = 'legacy' | 'modern'

/** The modern revision that is spoken. */
export const modernRevision = '2026-07-28'

/** The legacy revisions that are spoken, the newest first. */
export const legacyRevisions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']

/** The newest legacy revision. */
export const latestLegacyRevision = '2025-11-25'

/** Members of `_meta` that revision 2026-07-28 keeps for itself. */
export const metaKeys = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
} as const

/** What a host says of itself, in `initialize` or in each request. Raw JSON, as it came. */
export interface HostIdentity {
  readonly era: Era
  readonly clientInfo?: string
  readonly capabilities: string
  /** The parameters of a legacy host's `initialize`, to be repeated towards a legacy server. */
  readonly initialize?: string
}
