import type { OperationSpec } from '@telamon/rest'

/** Requests a second that one method of one path may answer on one site. */
interface Rate {
  readonly method: OperationSpec['method']
  /** The end of the path's template, in lower case, with the names of parameters left out. */
  readonly path: string
  readonly perSecond: number
}

function rate(method: Rate['method'], perSecond: number, ...paths: readonly string[]): readonly Rate[] {
  return paths.map((path) => ({ method, path, perSecond }))
}

/**
 * What was announced in February 2026 (recorded, F-HDR-16); these win. Below them the published exceptions to the
 * usual rates (documented).
 */
const rates: readonly Rate[] = [
  { method: 'GET', path: '/serverinfo', perSecond: 350 },
  { method: 'GET', path: '/issue/createmeta', perSecond: 350 },
  { method: 'GET', path: '/issue/{}', perSecond: 400 },
  { method: 'POST', path: '/issue', perSecond: 200 },
  { method: 'PUT', path: '/issue/{}', perSecond: 300 },
  { method: 'POST', path: '/issue/{}/transitions', perSecond: 200 },
  ...rate('GET', 400, '/content/{}/state', '/group/by-id'),
  ...rate('GET', 300, '/pages/{}/descendants', '/issuetype/{}/properties/{}', '/attachment/content/{}'),
  ...rate('GET', 200, '/issuesecurityschemes/{}', '/analytics/content/{}/views', '/user/email'),
  ...rate('GET', 200, '/issuetype/{}/properties', '/attachment/thumbnail/{}', '/component'),
  ...rate('GET', 200, '/project/{}/role/{}', '/content/{}/child/attachment', '/search/user'),
  ...rate('GET', 200, '/issue/{}/changelog'),
  ...rate('GET', 150, '/user'),
  ...rate('GET', 5, '/servicedeskapi/servicedesk/{}/customer'),
  ...rate('POST', 150, '/search/approximate-count', '/expression/evaluate'),
  ...rate('PUT', 500, '/component/{}'),
  ...rate('PUT', 300, '/relation/{}/from/{}/{}/to/{}/{}'),
  ...rate('DELETE', 500, '/api/content/{}'),
  ...rate('DELETE', 300, '/custom-content/{}'),
  ...rate('DELETE', 200, '/relation/{}/from/{}/{}/to/{}/{}', '/devinfo/{}/repository/{}'),
  ...rate('DELETE', 100, '/builds/{}/bulkbyproperties'),
]

/** What counts where nothing else is stated (documented). */
const usual: Readonly<Record<OperationSpec['method'], number>> = {
  GET: 100,
  POST: 100,
  PUT: 50,
  DELETE: 50,
  PATCH: 50,
}

/** How many requests a second an operation takes on one site. */
export function burstRate({ method, path }: Pick<OperationSpec, 'method' | 'path'>): number {
  const template = path.toLowerCase().replaceAll(/\{[^}]*\}/g, '{}')
  const found = rates.find((one) => one.method === method && template.endsWith(`/3${one.path}`))
  const fitting = found ?? rates.find((one) => one.method === method && template.endsWith(one.path))
  return fitting?.perSecond ?? usual[method]
}

/** Writes to one issue: twenty in two seconds, a hundred in thirty (documented). */
export const issueWrites: readonly { readonly most: number; readonly milliseconds: number }[] = [
  { most: 20, milliseconds: 2000 },
  { most: 100, milliseconds: 30_000 },
]

/** Points an app may spend in an hour, over all sites (documented). */
export const pointsPerHour = 65_000

/** The plans of a site, by which an app that was reviewed has points of its own there. */
export type Edition = 'free' | 'standard' | 'premium' | 'enterprise'

const editions: Readonly<Record<Edition, { readonly base: number; readonly perUser: number }>> = {
  free: { base: 65_000, perUser: 0 },
  standard: { base: 100_000, perUser: 10 },
  premium: { base: 130_000, perUser: 20 },
  enterprise: { base: 150_000, perUser: 30 },
}

/** Points a reviewed app may spend in an hour on one site, half a million at most (documented). */
export function sitePoints(edition: Edition, users: number): number {
  const { base, perUser } = editions[edition]
  return Math.min(500_000, base + perUser * users)
}
