/** Host names that plain http may have: what runs there never leaves the computer. */
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Reads an issuer: `https`, or `http` on loopback; a path at most, and no trailing slash.
 *
 * @throws {TypeError} with what is wrong.
 */
export function checkIssuer(issuer: string): URL {
  const url = checkOrigin(issuer, 'issuer')
  if (url.search !== '' || issuer.includes('?')) throw new TypeError(`The issuer ${issuer} has a query`)
  if (issuer.endsWith('/')) throw new TypeError(`The issuer ${issuer} ends in a slash`)
  if (`${url.origin}${url.pathname === '/' ? '' : url.pathname}` !== issuer)
    throw new TypeError(`Write the issuer ${issuer} as ${url.href.replace(/\/$/, '')}`)
  return url
}

/**
 * Reads a resource identifier (RFC 8707 section 2): absolute, without a fragment.
 *
 * @throws {TypeError} with what is wrong.
 */
export const checkResource = (resource: string): URL => checkOrigin(resource, 'resource')

function checkOrigin(text: string, what: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new TypeError(`The ${what} ${JSON.stringify(text)} is not an absolute address`)
  if (url.hash !== '' || text.includes('#')) throw new TypeError(`The ${what} ${text} has a fragment`)
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`The ${what} has a user name or password`)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))) return url
  throw new TypeError(`The ${what} ${text} has to be https, or http on localhost, 127.0.0.1 or [::1]`)
}
