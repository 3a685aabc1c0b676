import type { Credentials } from '../credentials/credentials.ts'
import type { SignInOptions, SignInTask } from './browser-sign-in.ts'
import { signInWithBrowser } from './browser-sign-in.ts'
import { signInAsClient } from './client-credentials.ts'
import { signInWithDevice } from './device-sign-in.ts'
import { discover } from './discovery.ts'
import { explained } from './explained.ts'

/** Signs in, by the grant that was chosen. Throws `BridgeError` `sign_in_failed`. */
export async function signIn(task: SignInTask, options: SignInOptions): Promise<Credentials> {
  const { grant = 'browser', remote } = options
  if (grant === 'client_credentials') return signInAsClient(task, options)
  const discovered = await explained(discover(remote, task.challenge, { ...options, signal: task.signal }))
  const canDevice = discovered.server.deviceAuthorizationEndpoint !== undefined
  const byDevice = grant === 'device' || (grant === 'device-first' && canDevice)
  return byDevice ? signInWithDevice(task, discovered, options) : signInWithBrowser(task, discovered, options)
}
