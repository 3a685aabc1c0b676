import { Fault } from './fault.ts'

/** Headers that belong to the protocol. */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'host',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'transfer-encoding',
])

/**
 * Reads headers of the form `NAME:VALUE`, with `${VARIABLE}` in values, and lower-case names in the result.
 *
 * @throws Fault for what is no header, and for a variable that is not set: a request without its value would be refused
 * in words that help nobody.
 */
export function readHeaders(
  texts: readonly string[],
  environment: NodeJS.ProcessEnv,
): Record<string, string> {
  return Object.fromEntries(texts.map((text) => readHeader(text, environment)))
}

function readHeader(text: string, environment: NodeJS.ProcessEnv): [string, string] {
  const match = /^([\w!#$%&'*+.^`|~-]+):(.*)$/s.exec(text)
  const [, name = '', rest = ''] = match ?? []
  if (!match) throw new Fault('--header takes NAME:VALUE, such as X-Team:blue.')
  if (reserved.has(name.toLowerCase()))
    throw new Fault(`--header ${name} belongs to the protocol and cannot be given.`)
  const value = rest.trim().replace(/\$\{(\w+)\}/g, (_whole, variable: string) => {
    const found = environment[variable]
    if (found === undefined) throw new Fault(`--header ${name} names \${${variable}}, which is not set.`)
    return found
  })
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new Fault(`--header ${name} holds signs that no header may hold.`)
  return [name.toLowerCase(), value]
}
