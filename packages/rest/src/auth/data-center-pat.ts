import { parseBase, trimmed } from '../origin.ts'
import type { AuthStrategy } from './strategy.ts'

/** What `dataCenterPat` needs. */
export interface DataCenterPatOptions {
  /** The server's address with its context path, such as `https://jira.example.com/jira`. */
  readonly baseUrl: string
  /** A personal access token. */
  readonly token: string
}

/** A personal access token of a Data Center server. Its operations have records of their own: REST v2, no ADF. */
export function dataCenterPat({ baseUrl, token }: DataCenterPatOptions): AuthStrategy {
  const base = parseBase(baseUrl, 'baseUrl')
  const headers = { authorization: `Bearer ${token}` }
  return { kind: 'data-center-pat', tenant: base.host, baseUrl: () => trimmed(base), headers: () => headers }
}
