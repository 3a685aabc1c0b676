import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'

import { isPublicAddress } from './public-address.ts'

/** Resolves a host name to all its addresses, in the manner of `dns.lookup` with `all: true`. */
export type LookupAll = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** As much of an answer as the guard reads. Every `Response` has it. */
export interface TransportAnswer {
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  readonly body: ReadableStream<Uint8Array> | null
}

/** Sends one GET, without following redirects. */
export type Transport = (
  url: string,
  init: {
    readonly headers: Readonly<Record<string, string>>
    readonly redirect: 'manual'
    readonly signal: AbortSignal
  },
) => Promise<TransportAnswer>

const code = 'ESSRF'

/** A name that leads to an address which is not public. */
class GuardError extends Error {
  override readonly name = 'GuardError'
  readonly code = code
}

/** Whether the guard, and not the network, ended a fetch. undici puts the reason into `cause`. */
export function isGuardError(error: unknown): boolean {
  return error instanceof Error && (error instanceof GuardError || isGuardError(error.cause))
}

/**
 * Sends through connections that go to checked addresses only: all addresses of the name have to be public, and the
 * connection is made to one of those very addresses, so there is no second look-up to be deceived by.
 */
export function guardedTransport(lookup: LookupAll = systemLookup): Transport {
  let loading: Promise<Transport> | undefined
  return async (url, init) => {
    loading ??= loadTransport(lookup)
    const send = await loading
    return send(url, init)
  }
}

/** Loads undici when it is first needed: a tenth of a second that most starts can do without. */
async function loadTransport(lookup: LookupAll): Promise<Transport> {
  const { Agent, fetch } = await import('undici')
  const dispatcher = new Agent({
    keepAliveTimeout: 1,
    connect: {
      timeout: 3000,
      lookup(hostname, options, callback) {
        lookup(hostname, { ...options, all: true }, (error, addresses) => {
          const [first] = addresses ?? []
          if (error !== null) return callback(error, '', 0)
          if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
            return callback(new GuardError('The name leads to an address that is not public'), '', 0)
          return options.all === true
            ? callback(null, addresses)
            : callback(null, first.address, first.family)
        })
      },
    },
  })
  // undici's own fetch, since the built-in one refuses an Agent of the package.
  return (url, init) => fetch(url, { ...init, dispatcher })
}
