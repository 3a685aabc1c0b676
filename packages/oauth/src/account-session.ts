import * as z from 'zod'

import type { Cookies } from './cookies.ts'
import type { DerivedKeys } from './key-ring.ts'
import type { Timestamp } from './records.ts'
import { equalText, hmac } from './tokens.ts'

/** Who looks at their connections. */
export interface AccountPerson {
  readonly subject: string
  /** Untrusted text. */
  readonly label: string
}

/** Keeps a person signed in to the account page: a quarter of an hour, in one browser, and in nothing but a cookie. */
export interface AccountSession {
  /** Cookies that sign a person in, in this browser. */
  readonly begin: (browser: string, person: AccountPerson) => readonly string[]
  /** Who is signed in, and the value that binds forms to this session. */
  readonly read: (
    request: Request,
    browser: string,
  ) => { readonly person: AccountPerson; readonly secret: string } | undefined
  readonly end: () => readonly string[]
}

const name = 'telamon-account'
const lifeSeconds = 900
const pattern = /^(?<said>[A-Za-z0-9_-]{1,3000})\.(?<mac>[A-Za-z0-9_-]{43})$/

const Said = z.object({ subject: z.string().min(1), label: z.string(), until: z.number() })

/** Makes the sessions. A MAC binds each to its browser, so that a cookie that was carried elsewhere is worth nothing. */
export function createAccountSession({
  cookies,
  keys,
  now,
}: {
  readonly cookies: Cookies
  readonly keys: DerivedKeys
  readonly now: () => Timestamp
}): AccountSession {
  return {
    begin(browser, { subject, label }) {
      const until = now() + lifeSeconds * 1000
      const words = JSON.stringify({ subject, label: Array.from(label).slice(0, 200).join(''), until })
      const said = Buffer.from(words).toString('base64url')
      return cookies.set(name, `${said}.${macOf(keys.current.key, browser, said)}`, lifeSeconds)
    },
    read(request, browser) {
      const value = cookies.read(request, name) ?? ''
      const { said = '', mac = '' } = pattern.exec(value)?.groups ?? {}
      if (said === '' || !keys.all.some(({ key }) => equalText(macOf(key, browser, said), mac)))
        return undefined
      const { subject, label, until } = Said.parse(JSON.parse(Buffer.from(said, 'base64url').toString()))
      return until > now() ? { person: { subject, label }, secret: value } : undefined
    },
    end: () => cookies.set(name, '', 0),
  }
}

const macOf = (key: Uint8Array, browser: string, said: string): string =>
  hmac(key, `account|${browser}|${said}`)
