import type { ProtectedServer } from './authorization.ts'
import { createTestBrowser } from './authorization.ts'
import type { TestHost } from './host.ts'
import { startHost } from './host.ts'

/** A host whose person has signed in. */
export async function signedIn(
  server: ProtectedServer,
  options: Parameters<typeof startHost>[1] = {},
): Promise<TestHost> {
  const host = startHost(server.url, { openBrowser: createTestBrowser().open, ...options })
  await host.initialize()
  await host.call('echo')
  return host
}
