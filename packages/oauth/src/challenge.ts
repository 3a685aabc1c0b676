/** What a protected resource says about a request that it refuses (RFC 6750 section 3, RFC 9728 section 5.1). */
export interface Challenge {
  /** Absent when no token was sent: then nothing is wrong with it. */
  readonly error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope'
  readonly scope?: readonly string[]
  readonly resourceMetadata: string
}

/** Writes the value of `WWW-Authenticate`. No value can end its quotes or its line. */
export function writeChallenge({ error, scope = [], resourceMetadata }: Challenge): string {
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ['error', error],
    ['resource_metadata', resourceMetadata],
    ['scope', scope.length === 0 ? undefined : scope.join(' ')],
  ]
  return `Bearer ${parameters
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${quote(value)}`]))
    .join(', ')}`
}

/** RFC 9110 section 5.6.4: quoted-string, of printable ASCII. */
const quote = (value: string): string =>
  `"${value.replace(/[^\u0020-\u007E]/g, '').replace(/["\\]/g, String.raw`\$&`)}"`
