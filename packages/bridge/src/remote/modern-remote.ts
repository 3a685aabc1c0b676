import { modernRevision } from '../revisions.ts'
import type { ServerDescription } from '../server-description.ts'
import type { Remote } from './remote.ts'

/** A connection of the modern era: there is nothing to open, to lose or to close. */
export function connectModern(known: ServerDescription): Remote {
  return {
    era: 'modern',
    revision: modernRevision,
    transport: 'http',
    known,
    headers: () => ({ 'mcp-protocol-version': modernRevision }),
    reopened: async () => false,
    canResume: () => false,
    close: async () => undefined,
  }
}
