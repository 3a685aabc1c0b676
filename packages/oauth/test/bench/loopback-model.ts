/**
 * The rule for redirect addresses in other words, without the pattern that the code uses: equal text, or the same
 * loopback host with the same path and query, whatever the port.
 */
export function mayReplace(sent: string, registered: string): boolean {
  if (sent === registered) return true
  const [ours, theirs] = [split(registered), split(sent)]
  if (ours === undefined || theirs === undefined) return false
  return ours.host === theirs.host && (ours.rest || '/') === (theirs.rest || '/')
}

function split(text: string): { readonly host: string; readonly rest: string } | undefined {
  const host = ['localhost', '127.0.0.1', '[::1]'].find((name) => text.startsWith(`http://${name}`))
  if (host === undefined) return undefined
  let rest = text.slice(`http://${host}`.length)
  if (rest.startsWith(':')) {
    const slash = rest.indexOf('/')
    const port = rest.slice(1, slash < 0 ? undefined : slash)
    if (!onlyDigits(port) || port.length > 5 || Number(port) < 1 || Number(port) > 65_535) return undefined
    rest = rest.slice(port.length + 1)
  }
  const clean = Array.from(rest).every(
    (letter) => letter > ' ' && letter <= '~' && letter !== '#' && letter !== '\\',
  )
  return clean && (rest === '' || rest.startsWith('/')) ? { host, rest } : undefined
}

const onlyDigits = (text: string) =>
  text !== '' && Array.from(text).every((letter) => letter >= '0' && letter <= '9')
