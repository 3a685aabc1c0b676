import { entryOf } from '../credentials/entry.ts'
import type { Access } from './access.ts'
import { isLoopback } from './addresses.ts'
import { createFixedAccess } from './fixed-access.ts'
import type { OAuthAccessOptions } from './oauth-access.ts'
import { createOAuthAccess } from './oauth-access.ts'

/** Options of any access. */
export interface AccessOptions extends Omit<OAuthAccessOptions, 'entry' | 'allowLocal'> {
  /** Headers of every request, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The name in the store. Default: after the server's address. */
  readonly entry?: string
}

/** Access by the `Authorization` that the person gave, or else by OAuth. */
export function accessFor(options: AccessOptions): Access {
  const { headers, remote } = options
  return headers['authorization'] === undefined
    ? createOAuthAccess({
        ...options,
        entry: options.entry ?? entryOf(remote),
        allowLocal: isLoopback(remote.hostname),
      })
    : createFixedAccess(remote)
}
