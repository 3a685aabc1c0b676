/** Where the simulator is to be found: scheme, host and port, without a trailing slash. */
export interface Origins {
  /** The authorization server. Real: `https://auth.atlassian.com`. */
  readonly auth: string
  /** The gateway. Real: `https://api.atlassian.com`. It may be the same origin as `auth`. */
  readonly api: string
  /** By the name of a site. Absent: `https://NAME.atlassian.net`. */
  readonly sites: Readonly<Record<string, string>>
}

/** Which part of Atlassian an address belongs to. */
type Surface =
  | { readonly type: 'platform'; readonly auth: boolean; readonly api: boolean }
  | { readonly type: 'site'; readonly name: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** One name for all spellings of this machine, since a browser may use another than the settings do. */
function canonical(origin: string): string {
  const url = new URL(origin)
  return loopback.has(url.hostname) ? `${url.protocol}//loopback:${url.port}` : url.origin
}

export interface OriginBook {
  readonly auth: string
  readonly api: string
  /** The origin of a site. */
  site(name: string): string
  /** Undefined for an origin that is none of ours. */
  surfaceOf(url: URL): Surface | undefined
}

/** @param siteNames the sites there are, asked for anew each time, since a world can be replaced */
export function createOrigins(
  given: Partial<Origins> | undefined,
  siteNames: () => readonly string[],
): OriginBook {
  const { auth = 'https://auth.atlassian.com', api = 'https://api.atlassian.com', sites = {} } = given ?? {}
  const site = (name: string): string => sites[name] ?? `https://${name}.atlassian.net`
  return {
    auth,
    api,
    site,
    surfaceOf(url) {
      const origin = canonical(url.origin)
      const name = siteNames().find((candidate) => canonical(site(candidate)) === origin)
      if (name !== undefined) return { type: 'site', name }
      const platform = { auth: origin === canonical(auth), api: origin === canonical(api) }
      return platform.auth || platform.api ? { type: 'platform', ...platform } : undefined
    },
  }
}
