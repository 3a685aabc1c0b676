import { BridgeError } from '../bridge-error.ts'
import type { Access } from './access.ts'

/** For a server whose `Authorization` the person gave: it is sent as it is, and nobody is asked to sign in. */
export function createFixedAccess(server: URL): Access {
  const refuse = async (): Promise<never> => {
    const message = `${server.host} refused the Authorization header that was given. Check its value and its permissions.`
    throw new BridgeError('refused', message)
  }
  return {
    authorization: async () => undefined,
    accepted: () => undefined,
    renew: refuse,
    widen: refuse,
    state: () => ({ kind: 'none' }),
    paste: () => false,
    overdue: () => new Promise(() => undefined),
    signIn: refuse,
    close: async () => undefined,
  }
}
