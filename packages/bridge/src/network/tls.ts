import type * as Tls from 'node:tls'

/** Whom TLS trusts, and who we are. All of it is PEM. */
export interface TlsOptions {
  /** Certificates to trust besides Node's own and the system's. */
  readonly ca?: readonly string[]
  /** A certificate of ours, and its key, for servers that want one. */
  readonly cert?: string
  readonly key?: string
}

/** Makes what all connections share: the system's certificates too, where Node can read them (from 22.15 on). */
export async function secureContext({ ca = [], cert, key }: TlsOptions): Promise<Tls.SecureContext> {
  const tls = await import('node:tls')
  const own = { ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) }
  const system = systemCertificates(tls)
  if (system === undefined && ca.length === 0) return tls.createSecureContext(own)
  const trusted = [...(system ?? tls.rootCertificates), ...ca]
  return tls.createSecureContext({ ...own, ca: [...new Set(trusted)] })
}

function systemCertificates(tls: typeof Tls): readonly string[] | undefined {
  if (!('getCACertificates' in tls)) return undefined
  const read = tls.getCACertificates
  return [...read('default'), ...read('system')]
}
