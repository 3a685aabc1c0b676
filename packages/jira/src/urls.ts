/** Addresses of a Jira site, for people to open. */
export interface JiraUrls {
  readonly issue: (key: string) => string
  readonly comment: (key: string, commentId: string) => string
  readonly project: (key: string) => string
  readonly board: (boardId: number | string) => string
  readonly filter: (filterId: number | string) => string
  readonly dashboard: (dashboardId: number | string) => string
  /** The list of issues that a query finds. */
  readonly search: (jql: string) => string
}

/**
 * Builds addresses for people. Answers of the API hold none: `self` is for programs, and over OAuth names the gateway.
 * `site` is the address of the site, such as `https://example.atlassian.net`.
 */
export function jiraUrls(site: string): JiraUrls {
  const at = (path: readonly (string | number)[], query: Readonly<Record<string, string>> = {}): string => {
    const url = new URL(site)
    url.pathname = path.map((part) => encodeURIComponent(part)).join('/')
    url.search = new URLSearchParams(query).toString()
    url.hash = ''
    return url.href
  }
  return {
    issue: (key) => at(['browse', key]),
    comment: (key, commentId) => at(['browse', key], { focusedCommentId: commentId }),
    project: (key) => at(['browse', key]),
    board: (boardId) => at(['secure', 'RapidBoard.jspa'], { rapidView: String(boardId) }),
    filter: (filterId) => at(['issues'], { filter: String(filterId) }),
    dashboard: (dashboardId) => at(['jira', 'dashboards', dashboardId]),
    search: (jql) => at(['issues'], { jql }),
  }
}
