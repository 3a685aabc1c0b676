/** The variables that name proxies, in lower or upper case. */
type ProxyEnvironment = Readonly<Record<string, string | undefined>>

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower case comes first, as with curl) and answers for
 * each address by which proxy it is reached. This machine is always reached straight. `onUseless` hears of a value that
 * is no address of a proxy.
 */
export function proxyFromEnvironment(
  environment: ProxyEnvironment,
  onUseless: (name: string) => void = () => undefined,
): (url: URL) => URL | undefined {
  const [exempt = ''] = valuesOf(environment, 'no_proxy')
  const rules = exempt.split(/[\s,]+/).filter(Boolean)
  const proxies = new Map(
    ['http:', 'https:'].map((protocol) => {
      const names = [`${protocol.slice(0, -1)}_proxy`, 'all_proxy']
      const [text] = names.flatMap((name) => valuesOf(environment, name))
      const proxy = text === undefined ? undefined : readProxy(text)
      if (text !== undefined && !proxy) onUseless(names[0]?.toUpperCase() ?? '')
      return [protocol, proxy]
    }),
  )
  return (url) => (isExempt(url, rules) ? undefined : proxies.get(url.protocol))
}

function valuesOf(environment: ProxyEnvironment, name: string): readonly string[] {
  return [environment[name], environment[name.toUpperCase()]].filter(
    (value): value is string => value !== undefined && value !== '',
  )
}

/** The address of a proxy; without a scheme it is one of http. Undefined: it is none. */
function readProxy(text: string): URL | undefined {
  const whole = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined
}

/** Names match themselves and all below them; `*` matches all; a port has to be the same. */
function isExempt({ hostname, port, protocol }: URL, rules: readonly string[]): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  const actualPort = port || (protocol === 'https:' ? '443' : '80')
  return rules.some((rule) => {
    if (rule === '*') return true
    const [, name = '', wanted] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? []
    if (wanted !== undefined && wanted !== actualPort) return false
    const suffix = name.replace(/^\*?\./, '')
    return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`))
  })
}
