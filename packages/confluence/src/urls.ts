/** Addresses of a Confluence site, for people to open. */
export interface ConfluenceUrls {
  /** A page or blog post, by its id. Confluence leads on to the address with the title. */
  readonly content: (id: string) => string
  readonly space: (key: string) => string
  /** For the site-relative addresses in answers: `_links.webui`, and `url` of search results. */
  readonly at: (path: string) => string
  /** The list of what a query finds. */
  readonly search: (cql: string) => string
}

/**
 * Builds addresses for people. Answers hold addresses that are relative to the site, or that name the gateway.
 * `site` is the address of the site, such as `https://example.atlassian.net`.
 */
export function confluenceUrls(site: string): ConfluenceUrls {
  const root = new URL('wiki/', new URL('/', site))
  const at = (path: string): string => {
    const url = new URL(path.replace(/^\/+/, '').replace(/^wiki\//, ''), root)
    // A path from outside, which must not lead away from the site.
    return url.origin === root.origin ? url.href : root.href
  }
  return {
    content: (id) => at(`pages/viewpage.action?pageId=${encodeURIComponent(id)}`),
    space: (key) => at(`spaces/${encodeURIComponent(key)}`),
    at,
    search: (cql) => at(`search?cql=${encodeURIComponent(cql)}`),
  }
}
