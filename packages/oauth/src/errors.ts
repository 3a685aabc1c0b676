/** How a reason looks on the wire: an OAuth error code, a status, and what to do next. */
interface Wire {
  readonly error: string
  readonly status: number
  readonly description: string
}

const wire = (error: string, status: number, description: string): Wire => ({ error, status, description })

const client = wire(
  'invalid_client',
  401,
  'The client is unknown, or did not prove itself by its registered method.',
)
const code = wire(
  'invalid_grant',
  400,
  'The code is unknown, used, expired, or not for this client. Sign in again.',
)
const refresh = wire('invalid_grant', 400, 'The refresh token is not valid any more. Sign in again.')

/**
 * Every reason for which a request of a program is refused, and what is said about it. Exact inside, vague outside:
 * what could help somebody who guesses has the same words as its neighbours.
 *
 * @see RFC 6749 sections 4.1.2.1 and 5.2, RFC 7591 section 3.2.2, RFC 8707 section 2, OpenID Connect Core 3.1.2.6
 */
const reasons = {
  // At /authorize, by redirect.
  response_type_unsupported: wire('unsupported_response_type', 400, 'response_type has to be code.'),
  response_mode_unsupported: wire('invalid_request', 400, 'response_mode has to be query, or absent.'),
  challenge_invalid: wire(
    'invalid_request',
    400,
    'Send a code_challenge with code_challenge_method=S256 (RFC 7636).',
  ),
  resource_unknown: wire(
    'invalid_target',
    400,
    'resource has to be the identifier in the protected resource metadata.',
  ),
  scope_unknown: wire(
    'invalid_scope',
    400,
    'None of the scopes is known. See scopes_supported in the metadata.',
  ),
  request_object: wire('request_not_supported', 400, 'Send the parameters themselves, not a request object.'),
  request_uri: wire('request_uri_not_supported', 400, 'Send the parameters themselves, not a request_uri.'),
  denied: wire('access_denied', 403, 'The person did not agree.'),
  upstream_unavailable: wire(
    'temporarily_unavailable',
    503,
    'The sign-in could not be completed. Try again in a minute.',
  ),
  upstream_misconfigured: wire(
    'server_error',
    500,
    'The sign-in is not set up correctly. Tell whoever runs this server.',
  ),

  // At the endpoints for programs.
  content_type: wire('invalid_request', 415, 'Send the parameters as application/x-www-form-urlencoded.'),
  content_type_json: wire('invalid_client_metadata', 415, 'Send the metadata as application/json.'),
  query_parameters: wire('invalid_request', 400, 'Send the parameters in the body, not in the address.'),
  duplicate_parameter: wire('invalid_request', 400, 'A parameter stands twice.'),
  body_too_large: wire('invalid_request', 413, 'The body is too large.'),
  body_malformed: wire('invalid_request', 400, 'The body cannot be read.'),
  parameter_missing: wire('invalid_request', 400, 'A required parameter is missing.'),
  parameter_too_long: wire('invalid_request', 400, 'A parameter is too long.'),
  method: wire('invalid_request', 405, 'The method is not allowed here.'),
  rate_limited: wire(
    'temporarily_unavailable',
    429,
    'Too many requests. Try again after the time in Retry-After.',
  ),
  busy: wire('temporarily_unavailable', 503, 'The server is busy. Try again in a minute.'),
  failed: wire('temporarily_unavailable', 503, 'The server could not complete this. Try again in a minute.'),

  client_unknown: client,
  client_document: client,
  client_secret: client,
  client_method: client,
  client_several_methods: client,
  client_assertion: client,
  client_assertion_replay: client,

  grant_type_unsupported: wire(
    'unsupported_grant_type',
    400,
    'This grant type is not supported. See grant_types_supported in the metadata.',
  ),
  grant_type_foreign: wire('unauthorized_client', 400, 'The client did not register this grant type.'),
  code_malformed: code,
  code_unknown: code,
  code_foreign: code,
  code_expired: code,
  code_redirect: code,
  code_revoked: code,
  code_replay: code,
  verifier_wrong: code,
  verifier_malformed: wire(
    'invalid_request',
    400,
    'Send the code_verifier, 43 to 128 characters (RFC 7636).',
  ),
  refresh_malformed: refresh,
  refresh_unknown: refresh,
  refresh_foreign: refresh,
  refresh_revoked: refresh,
  refresh_expired: refresh,
  refresh_replay: refresh,
  scope_wider: wire('invalid_scope', 400, 'A refresh may narrow the scopes, never widen them.'),
  scope_beyond: wire('invalid_scope', 400, 'The client may not ask for this in its own name.'),
  resource_other: wire('invalid_target', 400, 'resource has to be the one the person agreed to.'),

  // At /register.
  redirect_invalid: wire('invalid_redirect_uri', 400, 'A redirect address is not allowed.'),
  metadata_invalid: wire('invalid_client_metadata', 400, 'The metadata is not valid.'),
  registration_token: wire(
    'invalid_token',
    401,
    'Registering needs an initial access token. Ask whoever runs this server.',
  ),
} as const satisfies Readonly<Record<string, Wire>>

/** Why a request of a program was refused. Exact: for events and tests, never for the wire. */
export type Reason = keyof typeof reasons

/** What the wire learns about a reason. */
export const wireOf = (reason: Reason): Wire => reasons[reason]

/** A check that failed. */
export interface Refusal {
  readonly ok: false
  readonly reason: Reason
  /** For the developer at the other end, in place of the general sentence. Never with text of a stranger in it. */
  readonly detail?: string
  /** With `rate_limited`. */
  readonly retryAfterMs?: number
}

/** Says no. */
export const refuse = (reason: Reason, more: Pick<Refusal, 'detail' | 'retryAfterMs'> = {}): Refusal => ({
  ok: false,
  reason,
  ...more,
})
