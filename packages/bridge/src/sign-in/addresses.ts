import { BridgeError } from '../bridge-error.ts'

/** Whether a host name or address means this machine, so that plain http to it leaves nothing in the open. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}

/** Which addresses may be asked or opened. */
export interface AddressRule {
  /** Plain http to any host, because the person asked for it. Default: false. */
  readonly allowHttp?: boolean
  /** Plain http to this machine, because the server is on it. No other server may point here. Default: false. */
  readonly allowLocal?: boolean
}

/**
 * Reads an address that came from outside as one that may be asked or opened: https, or http where the rule allows it,
 * and without credentials. Throws with the name of the place it came from.
 */
export function safeAddress(
  text: string,
  from: string,
  { allowHttp = false, allowLocal = false }: AddressRule = {},
): URL {
  if (!URL.canParse(text)) throw new BridgeError('sign_in_failed', `${from} is not an address.`)
  const url = new URL(text)
  const http = url.protocol === 'http:' && (allowHttp || (allowLocal && isLoopback(url.hostname)))
  if (url.protocol !== 'https:' && !http) {
    const message = `${from} is not an https: address, and is not used. The server is set up wrongly, or is not to be trusted.`
    throw new BridgeError('sign_in_failed', message)
  }
  if (url.username || url.password)
    throw new BridgeError('sign_in_failed', `${from} holds credentials, and is not used.`)
  return url
}
