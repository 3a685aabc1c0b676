import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'

import { createIdentity } from './identity.ts'

/**
 * What a client of the SDK sends a person to when it is not signed in: discovery and registration are done for it, and
 * nobody waits for the answer.
 */
export async function authorizationRequest(mcp: URL): Promise<URL> {
  const asked = Promise.withResolvers<URL>()
  const identity = createIdentity(
    { person: '' },
    {
      walk(url) {
        asked.resolve(url)
        return asked.promise
      },
    },
  )
  const client = new Client({ name: 'telamon-harness', version: '0.0.0' })
  try {
    await client.connect(new StreamableHTTPClientTransport(mcp, { authProvider: identity }))
  } catch (error) {
    if (error instanceof UnauthorizedError) return asked.promise
    throw error
  }
  await client.close()
  throw new Error('The server let a client in that was not signed in.')
}
