/** What a server says when it refuses a request for want of a token. @see RFC 6750, section 3; RFC 9728, section 5.1 */
export interface Challenge {
  readonly error?: string
  readonly scope?: string
  /** Where the server says its protected resource metadata is. */
  readonly resourceMetadata?: string
}

/** Reads `WWW-Authenticate`. Undefined when no `Bearer` challenge is among its challenges. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const bearer = challenges(header ?? '').find(({ scheme }) => scheme.toLowerCase() === 'bearer')
  if (!bearer) return undefined
  const { error, scope, resource_metadata: resourceMetadata } = bearer.parameters
  return { ...(error && { error }), ...(scope && { scope }), ...(resourceMetadata && { resourceMetadata }) }
}

interface RawChallenge {
  readonly scheme: string
  readonly parameters: Record<string, string>
}

/** One token, with what follows it: `= value`, or nothing, and then it is the name of a scheme. */
const piece = /\s*([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~/:?-]*)))?\s*,?/y

/** Takes the header apart. Stops at what it cannot read, and keeps what it had read. @see RFC 9110, section 11.6.1 */
function challenges(header: string): readonly RawChallenge[] {
  const found: RawChallenge[] = []
  piece.lastIndex = 0
  for (let match = piece.exec(header); match; match = piece.exec(header)) {
    const [, name = '', quoted, plain] = match
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain
    if (value === undefined) found.push({ scheme: name, parameters: {} })
    else if (found.length > 0) Object.assign(found.at(-1)?.parameters ?? {}, { [name.toLowerCase()]: value })
  }
  return found
}
