import type { Cookies } from './cookies.ts'
import type { DerivedKeys } from './key-ring.ts'
import type { AuthorizationRequest } from './records.ts'
import type { ScopeAlgebra } from './scopes.ts'
import { equalText, hmac, sha256 } from './tokens.ts'

/**
 * What this browser allowed which client last, for the consent page to tell what is new. Kept in a cookie, since nobody
 * is known before the sign-in; it says no more than that and decides nothing.
 */
export interface GrantedBefore {
  /** The scopes that this client was allowed here. Nothing for a client that is new here. */
  readonly read: (request: Request, browser: string, asked: Asked) => readonly string[] | undefined
  /** Cookies that remember what is allowed now. */
  readonly remember: (request: Request, browser: string, allowed: Allowed) => readonly string[]
}

/** Which client, for which resource. */
type Asked = Pick<AuthorizationRequest, 'client' | 'resource'>

/** What it is allowed. */
interface Allowed extends Asked {
  readonly scopes: readonly string[]
}

const name = 'telamon-granted'
const most = 12
const lifeSeconds = 365 * 86_400
const nameLength = 16

/** Makes the memory. Entries are `client-scopes`, the client as a hash and the scopes as bits, the newest first. */
export function createGrantedBefore({
  cookies,
  keys,
  scopes,
}: {
  readonly cookies: Cookies
  readonly keys: DerivedKeys
  readonly scopes: ScopeAlgebra
}): GrantedBefore {
  function entries(request: Request, browser: string): readonly string[] {
    const [mac = '', ...said] = (cookies.read(request, name) ?? '').split('.', most + 1)
    const isOwn = keys.all.some(({ key }) => equalText(macOf(key, browser, said.join('.')), mac))
    return isOwn ? said : []
  }

  return {
    read(request, browser, asked) {
      const entry = entries(request, browser).find((each) => each.startsWith(nameOf(asked)))
      if (entry === undefined) return undefined
      const bits = BigInt(`0x${entry.slice(nameLength)}`)
      return scopes.all.filter((_, index) => ((bits >> BigInt(index)) & 1n) === 1n).map((scope) => scope.name)
    },
    remember(request, browser, { scopes: allowed, ...asked }) {
      const client = nameOf(asked)
      const bits = scopes.all.reduce(
        (sum, scope, index) => sum | (allowed.includes(scope.name) ? 1n << BigInt(index) : 0n),
        0n,
      )
      const others = entries(request, browser).filter((each) => !each.startsWith(client))
      const said = [`${client}${bits.toString(16)}`, ...others].slice(0, most).join('.')
      return cookies.set(name, `${macOf(keys.current.key, browser, said)}.${said}`, lifeSeconds)
    },
  }
}

const nameOf = ({ client, resource }: Asked): string =>
  sha256(`${client.id} ${resource}`).slice(0, nameLength)

const macOf = (key: Uint8Array, browser: string, said: string): string =>
  hmac(key, `granted|${browser}|${said}`).slice(0, 22)
