import type { Cookies } from './cookies.ts'
import type { DerivedKeys } from './key-ring.ts'
import { equalText, hmac, randomText, sha256, type Random } from './tokens.ts'

/**
 * Binds the steps of a sign-in to one browser, by two cookies. `telamon-browser` tells browsers apart and means nothing
 * else. `telamon-login` appears with an approval: it holds one value for each approval under way (at most 4, so two
 * tabs do not disturb each other), and each value carries a MAC over the browser's id, so that one planted from
 * another browser is dropped.
 */
export interface BrowserBinding {
  /** The browser's id, if it has one. */
  readonly read: (request: Request) => string | undefined
  /** A new id and the cookies that set it. */
  readonly introduce: () => { readonly browser: string; readonly cookies: readonly string[] }
  /** A new login value, and the cookies that set it in front of those under way. */
  readonly approve: (
    request: Request,
    browser: string,
  ) => { readonly value: string; readonly cookies: readonly string[] }
  /** The login value of this browser whose SHA-256 is that, if it has it. */
  readonly loginOf: (request: Request, browserHash: string) => string | undefined
  /** Cookies that take one login value away, and leave the others. */
  readonly finish: (request: Request, value: string) => readonly string[]
  /** The proof that a form was shown to this browser, for this step. Derived: a second tab gets the same. */
  readonly csrf: (secret: string, step: string) => string
  /** Whether a form was sent by a page of ours that this browser was shown. */
  readonly isOwnForm: (
    request: Request,
    form: { readonly secret: string; readonly step: string; readonly csrf: string | undefined },
  ) => boolean
}

/** What the binding rests on. */
export interface BrowserBindingOptions {
  readonly issuer: URL
  readonly cookies: Cookies
  readonly cookieKeys: DerivedKeys
  readonly csrfKeys: DerivedKeys
  readonly random: Random
  /** Life of a login value, in milliseconds. */
  readonly stepMs: number
}

const browserName = 'telamon-browser'
const loginName = 'telamon-login'
const browserPattern = /^[A-Za-z0-9_-]{22}$/
const loginPattern = /^[A-Za-z0-9_-]{44}$/
const macLength = 22
const most = 4

/** Makes the binding for an issuer. */
export function createBrowserBinding(options: BrowserBindingOptions): BrowserBinding {
  const { issuer, cookies, cookieKeys, csrfKeys, random, stepMs } = options
  const read = (request: Request): string | undefined => {
    const value = cookies.read(request, browserName)
    return value !== undefined && browserPattern.test(value) ? value : undefined
  }

  /** The login values that this very browser was given. */
  function logins(request: Request): readonly string[] {
    const browser = read(request)
    if (browser === undefined) return []
    return (cookies.read(request, loginName) ?? '')
      .split('.', most)
      .filter(
        (value) =>
          loginPattern.test(value) &&
          cookieKeys.all.some(({ key }) =>
            equalText(loginMac(key, browser, value.slice(0, -macLength)), value.slice(-macLength)),
          ),
      )
  }

  const setLogins = (values: readonly string[]): readonly string[] =>
    values.length === 0
      ? cookies.set(loginName, '', 0)
      : cookies.set(loginName, values.slice(0, most).join('.'), Math.ceil((2 * stepMs) / 1000))

  return {
    read,
    introduce() {
      const browser = randomText(random, 16)
      return { browser, cookies: cookies.set(browserName, browser) }
    },
    approve(request, browser) {
      const nonce = randomText(random, 16)
      const value = `${nonce}${loginMac(cookieKeys.current.key, browser, nonce)}`
      return { value, cookies: setLogins([value, ...logins(request)]) }
    },
    loginOf: (request, browserHash) => logins(request).find((value) => equalText(sha256(value), browserHash)),
    finish: (request, value) => setLogins(logins(request).filter((other) => other !== value)),
    csrf: (secret, step) => csrfWith(csrfKeys.current.key, secret, step),
    isOwnForm: (request, { secret, step, csrf = '' }) =>
      isSameOrigin(request, issuer.origin) &&
      csrfKeys.all.some(({ key }) => equalText(csrfWith(key, secret, step), csrf)),
  }
}

const loginMac = (key: Uint8Array, browser: string, nonce: string): string =>
  hmac(key, `login|${browser}|${nonce}`).slice(0, macLength)

const csrfWith = (key: Uint8Array, secret: string, step: string): string =>
  hmac(key, `csrf|${secret}|${step}`)

/**
 * What the browser itself says of where a form came from. `Origin` is `null` on our own pages, since their referrer
 * policy is `no-referrer` (Fetch standard, "append a request Origin header"; seen in Chromium 156), and then says
 * nothing. Browsers that send neither header leave it to the CSRF value.
 */
function isSameOrigin(request: Request, own: string): boolean {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  return (site === null || site === 'same-origin') && (origin === null || origin === 'null' || origin === own)
}
