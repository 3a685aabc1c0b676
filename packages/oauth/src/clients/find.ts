import { refuse, type Refusal } from '../errors.ts'
import type { Timestamp } from '../records.ts'
import type { AuthStore } from '../store.ts'
import { isRegisteredId } from '../tokens.ts'
import type { Client, ConfiguredClient } from './client.ts'
import type { FindDocument, Lookup } from './metadata-document.ts'

/** Finds a client by its id, or says why not. */
export type FindClient = (
  id: string,
  lookup: Lookup,
) => Promise<{ readonly ok: true; readonly client: Client } | Refusal>

/**
 * Finds clients: those the operator entered, those that registered themselves, and those that publish a document. An id
 * that has the form of none of them is never looked up.
 */
export function createClientFinder(source: {
  readonly configured: readonly ConfiguredClient[]
  readonly store: Pick<AuthStore, 'getClient'>
  readonly findDocument: FindDocument
  readonly now: () => Timestamp
}): FindClient {
  const { configured, store, findDocument, now } = source
  const entered = new Map(configured.map((client) => [client.id, client]))

  return async (id, lookup) => {
    const own = entered.get(id)
    if (own !== undefined) {
      const { id: _, secretHash, introspects = [], service, ...metadata } = own
      return {
        ok: true,
        client: {
          id,
          metadata,
          origin: { kind: 'configured' },
          introspects,
          ...(secretHash !== undefined && { secretHash }),
          ...(service && { service }),
        },
      }
    }
    if (id.startsWith('https://')) return findDocument(id, lookup)
    if (!isRegisteredId(id)) return refuse('client_unknown')
    const record = await store.getClient(id, now())
    if (record === undefined) return refuse('client_unknown')
    const { metadata, secretHash, createdAt, expiresAt } = record
    return {
      ok: true,
      client: {
        id,
        metadata,
        origin: { kind: 'registered', at: createdAt },
        introspects: [],
        expiresAt,
        ...(secretHash !== undefined && { secretHash }),
      },
    }
  }
}
