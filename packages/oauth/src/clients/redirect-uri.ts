import { isIP } from 'node:net'

/** What a redirect address may be, beyond what the rules below say. */
export interface RedirectPolicy {
  /** Private-use schemes without a dot, in lower case and without the colon, that known clients use. */
  readonly schemes: readonly string[]
}

/** Whether an address may be registered, and if not, why, for the developer who reads the error. */
export type RedirectVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Private-use schemes of editors and chat programs. Others need a dot, as RFC 8252 section 7.1 wants. */
export const knownSchemes: readonly string[] = [
  'claude',
  'cursor',
  'goose',
  'raycast',
  'vscode',
  'vscode-insiders',
  'warp',
  'windsurf',
  'zed',
]

const longest = 512
const printable = /^[\u0021-\u007E]+$/
const loopback =
  /^http:\/\/(?<host>127\.0\.0\.1|\[::1\]|localhost)(?::(?<port>\d{1,5}))?(?<rest>(?:\/[^#\\]*)?)$/
const forbiddenSchemes: ReadonlySet<string> = new Set(
  'javascript data vbscript blob file about filesystem ws wss ftp mailto tel sms view-source intent'.split(
    ' ',
  ),
)
/** Ours to add. An address that brings one along would make two of them. */
const ownParameters = ['code', 'state', 'iss', 'error', 'error_description']

/**
 * Judges an address that a client wants to register: `https` with a host name, `http` on loopback, or a private-use
 * scheme that is known or has a dot. Scheme names are judged after the URL parser, which sees through tabs and case.
 */
export function judgeRedirectUri(text: string, { schemes }: RedirectPolicy): RedirectVerdict {
  if (text.length > longest) return no(`is longer than ${longest} characters`)
  if (!printable.test(text) || text.includes('\\'))
    return no('holds a space, a backslash or a control character')
  if (text.includes('#')) return no('holds a fragment')
  if (text.includes('*')) return no('holds a wildcard; list each address instead')
  const url = URL.parse(text)
  if (url === null) return no('is not an absolute address')
  if (url.username !== '' || url.password !== '') return no('holds a user name or password')
  if (ownParameters.some((name) => url.searchParams.has(name)))
    return no(`holds one of the parameters ${ownParameters.join(', ')}`)
  const scheme = url.protocol.slice(0, -1)
  if (scheme === 'https') return isAddress(url.hostname) ? no('names an IP address') : { ok: true }
  if (scheme === 'http')
    return readLoopback(text) ? { ok: true } : no('is http, which only localhost, 127.0.0.1 and [::1] may be')
  if (forbiddenSchemes.has(scheme)) return no(`has the scheme ${scheme}, which is never allowed`)
  if (scheme.includes('.') || schemes.includes(scheme)) return { ok: true }
  return no(`has the scheme ${scheme}, which is not known here and holds no dot`)
}

/**
 * Finds the registered address that a request means: equal text, or on loopback equal but for the port. Gives the
 * address to send answers to, which is the registered one with the port that was asked for; never the text received.
 *
 * @see RFC 8252 section 7.3, extended to the name `localhost`, since clients register it without a port.
 */
export function matchRedirectUri(received: string, registered: readonly string[]): string | undefined {
  if (registered.includes(received)) return received
  const wanted = readLoopback(received)
  if (wanted === undefined) return undefined
  for (const candidate of registered) {
    const known = readLoopback(candidate)
    if (known?.host !== wanted.host || known.rest !== wanted.rest) continue
    return `http://${known.host}${wanted.port === undefined ? '' : `:${wanted.port}`}${known.rest}`
  }
  return undefined
}

/** Where an address leads, for a person: a program on this computer, a site, or an app by its scheme. */
export type RedirectPlace =
  | { readonly kind: 'loopback'; readonly host: string }
  | { readonly kind: 'site'; readonly host: string }
  | { readonly kind: 'app'; readonly scheme: string }

/** Says where an address that passed {@link judgeRedirectUri} leads. */
export function placeOf(redirectUri: string): RedirectPlace {
  const local = readLoopback(redirectUri)
  if (local !== undefined) return { kind: 'loopback', host: local.host }
  const url = new URL(redirectUri)
  return url.protocol === 'https:'
    ? { kind: 'site', host: url.host }
    : { kind: 'app', scheme: url.protocol.slice(0, -1) }
}

/**
 * The parts of a loopback address, from its text. A URL parser would hide too much: it resolves `%2e%2e`, and reads
 * `0x7f000001` as 127.0.0.1.
 */
function readLoopback(
  text: string,
): { readonly host: string; readonly port?: number; readonly rest: string } | undefined {
  if (!printable.test(text)) return undefined
  const groups = loopback.exec(text)?.groups
  if (groups === undefined) return undefined
  const { host = '', port, rest = '' } = groups
  const number = port === undefined ? undefined : Number(port)
  if (number !== undefined && (number < 1 || number > 65_535)) return undefined
  return { host, rest: rest === '' ? '/' : rest, ...(number !== undefined && { port: number }) }
}

const no = (reason: string): RedirectVerdict => ({ ok: false, reason })

const isAddress = (hostname: string): boolean =>
  isIP(hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')) !== 0
