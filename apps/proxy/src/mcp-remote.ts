import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import type { ClientAuthentication, ForeignSignIn } from '@telamon/bridge'

/** What mcp-remote tells its sign-ins apart by, as far as it concerns signing in. */
export interface McpRemoteKey {
  /** The server's address, as it was written. */
  readonly url: string
  readonly resource?: string
  readonly authorizeParameters?: Readonly<Record<string, string>>
  readonly clientMetadataUrl?: string
}

/** The name that mcp-remote gives the files of a sign-in. Its headers would be part of it, and are left out here. */
function nameInMcpRemote(key: McpRemoteKey): string {
  const { url, resource, authorizeParameters = {}, clientMetadataUrl } = key
  const sorted = Object.entries(authorizeParameters).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const parts = [
    url,
    ...(resource ? [resource] : []),
    ...(sorted.length > 0 ? [JSON.stringify(Object.fromEntries(sorted))] : []),
    ...(clientMetadataUrl ? [clientMetadataUrl] : []),
  ]
  return createHash('md5').update(parts.join('|')).digest('hex')
}

/** The port that mcp-remote waits at, so that a redirect address which was registered for it still holds. */
export function portOfMcpRemote(key: McpRemoteKey): number {
  return 3_335 + (parseInt(nameInMcpRemote(key).slice(0, 4), 16) % 45_816)
}

/** Reads what mcp-remote stored of a sign-in. Undefined: there is none. */
export async function readMcpRemote(
  key: McpRemoteKey,
  environment: NodeJS.ProcessEnv,
): Promise<ForeignSignIn | undefined> {
  const base = environment['MCP_REMOTE_CONFIG_DIR'] ?? join(environment['HOME'] ?? homedir(), '.mcp-auth')
  const name = nameInMcpRemote(key)
  const read = (kind: string): Promise<Members> =>
    membersIn(join(base, 'mcp-remote-v1', `${name}_${kind}.json`))
  const [tokens, client] = await Promise.all([read('tokens'), read('client_info')])
  const [accessToken, id] = [textIn(tokens, 'access_token'), textIn(client, 'client_id')]
  if (accessToken === undefined || id === undefined) return undefined
  const [refreshToken, scope] = [textIn(tokens, 'refresh_token'), textIn(tokens, 'scope')]
  const [issuer, secret] = [textIn(tokens, 'issuer'), textIn(client, 'client_secret')]
  const expiresAt = Number(tokens['expires_at'])
  const uris = client['redirect_uris']
  const redirectUri: unknown = Array.isArray(uris) ? uris[0] : undefined
  return {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(scope !== undefined && { scope }),
    ...(issuer !== undefined && { issuer }),
    ...(expiresAt > 0 && { expiresAt }),
    client: {
      id,
      authentication: authenticationIn(client, secret),
      ...(secret !== undefined && { secret }),
      ...(typeof redirectUri === 'string' && { redirectUri }),
    },
  }
}

type Members = Readonly<Record<string, unknown>>

async function membersIn(file: string): Promise<Members> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {} // No sign-in, or one that nobody could use.
  }
}

function textIn(members: Members, name: string): string | undefined {
  const value = members[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function authenticationIn(client: Members, secret: string | undefined): ClientAuthentication {
  const said = client['token_endpoint_auth_method']
  if (said === 'client_secret_basic' || said === 'client_secret_post' || said === 'none') return said
  return secret === undefined ? 'none' : 'client_secret_post'
}
