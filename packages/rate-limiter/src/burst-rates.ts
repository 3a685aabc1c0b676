/** What Atlassian lets pass of one operation to one site, in requests a second. */
interface BurstRate {
  readonly method: string
  readonly rate: number
  /** Address templates, in lower case, without the product's prefix, `{}` for every parameter and version. */
  readonly paths: readonly string[]
}

/**
 * Exceptions to the usual rates (documented).
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
const burstRates: readonly BurstRate[] = [
  { method: 'GET', rate: 400, paths: ['/api/content/{}/state', '/api/group/by-id'] },
  {
    method: 'GET',
    rate: 300,
    paths: [
      '/api/{}/pages/{}/descendants',
      '/api/{}/issuetype/{}/properties/{}',
      '/api/{}/attachment/content/{}',
    ],
  },
  {
    method: 'GET',
    rate: 200,
    paths: [
      '/api/{}/issuesecurityschemes/{}',
      '/api/analytics/content/{}/views',
      '/api/user/email',
      '/api/{}/issuetype/{}/properties',
      '/api/{}/attachment/thumbnail/{}',
      '/api/{}/component',
      '/api/{}/project/{}/role/{}',
      '/api/content/{}/child/attachment',
      '/api/search/user',
      '/api/{}/issue/{}/changelog',
    ],
  },
  { method: 'GET', rate: 150, paths: ['/api/{}/issue/{}', '/api/{}/user'] },
  { method: 'GET', rate: 5, paths: ['/servicedeskapi/servicedesk/{}/customer'] },
  {
    method: 'POST',
    rate: 150,
    paths: ['/api/{}/search/approximate-count', '/api/{}/expression/evaluate', '/gira/{}'],
  },
  { method: 'PUT', rate: 500, paths: ['/api/{}/component/{}'] },
  { method: 'PUT', rate: 300, paths: ['/api/relation/{}/from/{}/{}/to/{}/{}'] },
  { method: 'DELETE', rate: 500, paths: ['/api/content/{}'] },
  { method: 'DELETE', rate: 300, paths: ['/api/{}/custom-content/{}'] },
  {
    method: 'DELETE',
    rate: 200,
    paths: ['/api/relation/{}/from/{}/{}/to/{}/{}', '/devinfo/{}/repository/{}'],
  },
  { method: 'DELETE', rate: 100, paths: ['/builds/{}/bulkbyproperties'] },
]

/** The usual rates of Jira (documented). */
const usual: Readonly<Record<string, number>> = { GET: 100, POST: 100, PUT: 50, PATCH: 50, DELETE: 50 }

/** Confluence publishes none: a careful beginning. */
const careful = 10

/** Requests a second that one operation of one site stands, by the documentation. */
export function burstRateOf(method: string, path: string): number {
  const template = templateOf(path)
  const exception = burstRates.find((rate) => rate.method === method && rate.paths.includes(template))
  if (exception) return exception.rate
  return isConfluence(path) ? careful : (usual[method] ?? careful)
}

function isConfluence(path: string): boolean {
  return path.split('/')[1] === 'wiki'
}

/** An address as the table writes it. */
function templateOf(path: string): string {
  const segments = path.toLowerCase().split('/').slice(1)
  for (const prefix of ['wiki', 'rest']) if (segments[0] === prefix) segments.shift()
  const general = segments.map((segment) => (/^(?:\{.*\}|v?\d[\d.]*|latest)$/.test(segment) ? '{}' : segment))
  return `/${general.join('/')}`
}
