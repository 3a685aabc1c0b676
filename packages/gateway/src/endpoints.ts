import type { ProtectedResource } from '@telamon/oauth/resource'

/** An address under which MCP is served, with the resource that its tokens are for. */
export interface Endpoint {
  /** Such as `/mcp`. */
  readonly path: string
  readonly resource: ProtectedResource
}

/** An endpoint as a request named it. */
export interface Named {
  readonly endpoint: Endpoint
  /** Whether the address ends with `/readonly`. */
  readonly readOnly: boolean
}

/** The addresses that are served, as a look-up: each endpoint, and its form for those who only want to read. */
export function namedEndpoints(endpoints: readonly Endpoint[]): ReadonlyMap<string, Named> {
  return new Map([
    ...endpoints.map((endpoint): [string, Named] => [endpoint.path, { endpoint, readOnly: false }]),
    ...endpoints.map((endpoint): [string, Named] => [readOnlyOf(endpoint), { endpoint, readOnly: true }]),
  ])
}

function readOnlyOf({ path }: Pick<Endpoint, 'path'>): string {
  return `${path}/readonly`
}

const resourceDocument = '/.well-known/oauth-protected-resource'
const serverDocuments = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']

/**
 * Where else clients look for the well-known documents, and where these really are. The resource's own location and the
 * issuer's are not in it: their owners answer them. Clients of older revisions put the path of the endpoint behind the
 * authorization server's documents.
 *
 * @see RFC 9728 section 3.1, RFC 8414 section 3.1
 */
export function otherLocations(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  const paths = [...namedEndpoints(endpoints).keys()]
  return new Map([
    ...endpoints.map((endpoint): [string, string] => [
      resourceDocument + readOnlyOf(endpoint),
      resourceDocument + endpoint.path,
    ]),
    ...serverDocuments.flatMap((document) =>
      paths.map((path): [string, string] => [document + path, document]),
    ),
  ])
}
