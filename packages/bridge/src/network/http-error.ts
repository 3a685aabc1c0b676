/** How an exchange broke. `unreachable`: nothing was sent. In all other cases the server may have acted. */
export type HttpErrorCode = 'unreachable' | 'interrupted' | 'silent' | 'aborted' | 'too_large'

/** An exchange that ended without a whole answer. The message is a sentence for a person. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly code: HttpErrorCode

  constructor(code: HttpErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
  }
}

/** The words for what Node names by a code; each says what to do. */
const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name cannot be found. Check the address, and whether a VPN is needed.',
  EAI_AGAIN: 'The name cannot be looked up at the moment. Check the network.',
  ECONNREFUSED: 'Nothing listens there. Check the address and that the server runs.',
  ECONNRESET: 'The connection was cut.',
  ETIMEDOUT: 'The server does not answer. Check the network, and whether a VPN is needed.',
  EHOSTUNREACH: 'There is no way to the server. Check the network, and whether a VPN is needed.',
  ENETUNREACH: 'There is no network.',
  EPROTO:
    'The server does not speak TLS there. Check whether the address should begin with http: or name another port.',
  CERT_HAS_EXPIRED: 'Its certificate has expired. Tell who runs the server.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'Its certificate is signed by itself. Give a file with that certificate by --ca or NODE_EXTRA_CA_CERTS.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'Its certificate comes from an unknown authority. Give a file with that certificate by --ca or NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Its certificate cannot be traced to a known authority. Give a file with that certificate by --ca or NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'Its certificate comes from an unknown authority. Give a file with that certificate by --ca or NODE_EXTRA_CA_CERTS.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name. Check the address.',
}

/** Says in words what a socket's error means, by its code. */
export function explainSocketError(code: string | undefined): string {
  return (
    (code === undefined ? undefined : sentences[code]) ?? `The connection failed${code ? ` (${code})` : ''}.`
  )
}

/** The code of an error of Node's, such as `ECONNREFUSED`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
