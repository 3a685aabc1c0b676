import type { OperationSpec } from '@telamon/rest'

/** Requests a second that one method of one path may answer on one site. */
interface Rate {
  readonly method: OperationSpec['method']
  /** The end of the path's template, in lower case, with the names of parameters left out. */
  readonly path: string
  readonly perSecond: number
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
  { method: 'GET', path: '/issue/{}/changelog', perSecond: 200 },
  { method: 'GET', path: '/user', perSecond: 150 },
  { method: 'POST', path: '/search/approximate-count', perSecond: 150 },
  { method: 'GET', path: '/pages/{}/descendants', perSecond: 300 },
  { method: 'GET', path: '/search/user', perSecond: 200 },
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
  const found = rates.find((rate) => rate.method === method && template.endsWith(`/3${rate.path}`))
  const fitting = found ?? rates.find((rate) => rate.method === method && template.endsWith(rate.path))
  return fitting?.perSecond ?? usual[method]
}

/** Writes to one issue: twenty in two seconds, a hundred in thirty (documented). */
export const issueWrites: readonly { readonly most: number; readonly milliseconds: number }[] = [
  { most: 20, milliseconds: 2000 },
  { most: 100, milliseconds: 30_000 },
]

/** Points an app may spend in an hour, over all sites (documented). */
export const pointsPerHour = 65_000
