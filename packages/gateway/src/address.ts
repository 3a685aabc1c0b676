/** The public address of a server, as it was configured. Nothing of it is ever taken from a request. */
export interface PublicAddress {
  /** `https://mcp.example.com`, without a slash at the end. */
  readonly origin: string
  /** Host names, without ports, that a request may name. */
  readonly hosts: ReadonlySet<string>
  /** Whether the server is reached on this machine only. */
  readonly loopback: boolean
}

const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Whether a host name stands for this machine. */
export function isLoopback(host: string): boolean {
  return loopbackHosts.includes(host)
}

/**
 * Reads a public address. Throws for what no client could use: a path, plain HTTP beyond this machine. On loopback all
 * three names of the machine are one.
 */
export function readAddress(url: string, allowedHosts: readonly string[] = []): PublicAddress {
  const { origin, hostname, protocol, href } = new URL(url)
  const loopback = isLoopback(hostname)
  if (href !== `${origin}/`)
    throw new Error(`The address ${url} has to be an origin, such as https://mcp.example.com.`)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) {
    throw new Error(`The address ${url} has to begin with https://, since tokens travel to it.`)
  }
  const own = loopback ? loopbackHosts : [hostname]
  return { origin, loopback, hosts: new Set([...own, ...allowedHosts.map((host) => host.toLowerCase())]) }
}
