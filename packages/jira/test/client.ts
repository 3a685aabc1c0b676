import { oauth } from '@telamon/rest'
import { type Step, type Upstream, createSkippingClock, createUpstream } from '@telamon/rest/testing'

import { type FieldMap, type Jira, type NoFields, createJira } from '../src/index.ts'

/** A client of a scripted upstream, which answers in the order of its steps. */
export interface Scripted<Map extends FieldMap = NoFields> {
  readonly jira: Jira<Map>
  readonly upstream: Upstream
}

const auth = oauth({ cloudId: '11111111-2222-3333-4444-555555555555', token: () => 'token' })

/** A client without names for custom fields. */
export function scripted(...steps: readonly Step[]): Scripted {
  const upstream = createUpstream(...steps)
  return { jira: createJira({ auth, fetch: upstream.fetch, ...createSkippingClock() }), upstream }
}

/** A client with names for custom fields. */
export function scriptedWith<const Map extends FieldMap>(
  fields: Map,
  ...steps: readonly Step[]
): Scripted<Map> {
  const upstream = createUpstream(...steps)
  return { jira: createJira({ auth, fields, fetch: upstream.fetch, ...createSkippingClock() }), upstream }
}

/** What the upstream was asked, in one line each: method, path below the gateway, query, body. */
export const asked = ({ requests }: Upstream): string[] =>
  requests.map(({ method, url, body }) => {
    const path = url.pathname.replace(/^\/ex\/(jira|confluence)\/[^/]+/, '')
    const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).join('&')
    return [method, query === '' ? path : `${path}?${query}`, ...(body === '' ? [] : [body])].join(' ')
  })
