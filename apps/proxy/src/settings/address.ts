import { isLoopback } from '@telamon/bridge'

import { Fault } from '../fault.ts'

/** Reads the address of a server. */
export function readAddress(text: string, { allowHttp }: { readonly allowHttp: boolean }): URL {
  if (!URL.canParse(text))
    throw new Fault(`"${text}" is no address. Give one such as https://host/mcp. See --help.`)
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new Fault(`${url.protocol} is not a way to reach a server. Give an https: address.`)
  }
  if (url.username || url.password)
    throw new Fault('The address holds credentials. Give them with --header instead.')
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname)) {
    throw new Fault(
      `${url.origin} is plain http: whoever is on the way could read along. Use https:, or --allow-http.`,
    )
  }
  url.hash = ''
  return url
}
