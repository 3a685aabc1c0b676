/**
 * Codes of Node and undici for connections that never came to be, so that nothing was sent. `passing`: the next try may
 * find it mended; a name that does not exist and a certificate that does not fit stay as they are.
 */
const neverSent: Readonly<Record<string, 'passing' | 'lasting'>> = {
  ECONNREFUSED: 'passing',
  EAI_AGAIN: 'passing',
  EHOSTUNREACH: 'passing',
  ENETUNREACH: 'passing',
  ENETDOWN: 'passing',
  UND_ERR_CONNECT_TIMEOUT: 'passing',
  ENOTFOUND: 'lasting',
  CERT_HAS_EXPIRED: 'lasting',
  CERT_NOT_YET_VALID: 'lasting',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'lasting',
  SELF_SIGNED_CERT_IN_CHAIN: 'lasting',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'lasting',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'lasting',
  ERR_TLS_CERT_ALTNAME_INVALID: 'lasting',
}

/** A failed connection, read off the error that `fetch` threw. */
export interface Breakage {
  /** Whether the request can have reached anybody. */
  readonly sent: boolean
  /** Whether another try may fare better. */
  readonly passing: boolean
  /** Such as `ECONNRESET`. */
  readonly code?: string
  /** The innermost error. The outer ones hold the request, and with it the credentials. */
  readonly cause: unknown
}

/** Follows an error's causes to the innermost. Depth is bounded, since a cause can be its own. */
export function breakageOf(error: unknown): Breakage {
  let inner = error
  for (let depth = 0; depth < 8; depth += 1) {
    if (!(inner instanceof Error) || !(inner.cause instanceof Error)) break
    inner = inner.cause
  }
  const code =
    inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : undefined
  const kind =
    code === undefined
      ? undefined
      : (neverSent[code] ?? (code.startsWith('ERR_SSL_') ? 'lasting' : undefined))
  return {
    sent: kind === undefined,
    passing: kind !== 'lasting',
    ...(code !== undefined && { code }),
    cause: inner,
  }
}
