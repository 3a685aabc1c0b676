/* eslint-disable telamon/records-only -- this reads past everything that is under test, the records too */
import * as z from 'zod'

const Named = z.object({ name: z.string() })
const Document = z.record(z.string(), z.unknown())

const Issue = z.object({
  key: z.string(),
  fields: z.object({
    summary: z.string(),
    issuetype: Named,
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }) }),
    labels: z.array(z.string()),
    comment: z.object({ comments: z.array(z.object({ id: z.string() })) }),
    reporter: z.object({ accountId: z.string() }).nullable(),
    description: Document.nullable(),
  }),
})
type SiteIssue = z.infer<typeof Issue>

const Issues = z.object({ issues: z.array(Issue), nextPageToken: z.string().optional() })

const Space = z.object({ id: z.string(), key: z.string(), name: z.string() })
type SiteSpace = z.infer<typeof Space>

const Page = z.object({
  id: z.string(),
  title: z.string(),
  spaceId: z.string(),
  authorId: z.string(),
  version: z.object({ number: z.number() }),
  body: z.object({ atlas_doc_format: z.object({ value: z.string() }) }),
  _links: z.object({ webui: z.string() }),
})

/** A page with its body as a document. */
export interface SitePage extends Pick<z.infer<typeof Page>, 'id' | 'title' | 'spaceId' | 'authorId'> {
  readonly version: number
  readonly document: Readonly<Record<string, unknown>>
  readonly url: string
}

const RemoteLinks = z.array(z.object({ object: z.object({ url: z.string(), title: z.string() }) }))

/** Reads a site directly over REST, past everything that is under test, as one of its people. */
export interface SiteReader {
  readonly origin: string
  /** Empty when the query finds nothing. */
  readonly issues: (jql: string) => Promise<readonly SiteIssue[]>
  /** The addresses that an issue links to. */
  readonly remoteLinks: (key: string) => Promise<readonly { readonly url: string; readonly title: string }[]>
  readonly spaces: () => Promise<readonly SiteSpace[]>
  readonly pages: () => Promise<readonly SitePage[]>
  readonly page: (id: string) => Promise<SitePage>
}

export interface SiteReaderOptions {
  readonly origin: string
  readonly person: { readonly email: string; readonly apiToken: string }
  readonly fetch?: (request: Request) => Promise<Response>
}

const MOST = '100'

/**
 * Makes a reader. Every method rejects with path and status when the site refuses, and when an answer has not the
 * expected shape.
 */
export function createSiteReader({
  origin,
  person,
  fetch = globalThis.fetch,
}: SiteReaderOptions): SiteReader {
  const authorization = `Basic ${Buffer.from(`${person.email}:${person.apiToken}`).toString('base64')}`

  async function read<T>(schema: z.ZodType<T>, path: string, query: Record<string, string> = {}): Promise<T> {
    const url = new URL(path, origin)
    url.search = String(new URLSearchParams(query))
    const response = await fetch(new Request(url, { headers: { authorization, accept: 'application/json' } }))
    const text = await response.text()
    if (!response.ok) throw new Error(`${url.pathname} answers ${response.status}: ${text.slice(0, 300)}`)
    return schema.parse(JSON.parse(text))
  }

  const bodied = { 'body-format': 'atlas_doc_format' }
  const seen = ({ id, title, spaceId, authorId, version, body, _links }: z.infer<typeof Page>): SitePage => ({
    id,
    title,
    spaceId,
    authorId,
    version: version.number,
    document: Document.parse(JSON.parse(body.atlas_doc_format.value)),
    url: `${origin}/wiki${_links.webui}`,
  })

  return {
    origin,
    async issues(jql) {
      const found: SiteIssue[] = []
      let next: string | undefined
      do {
        const { issues, nextPageToken } = await read(Issues, '/rest/api/3/search/jql', {
          jql,
          fields: Object.keys(Issue.shape.fields.shape).join(','),
          maxResults: MOST,
          ...(next !== undefined && { nextPageToken: next }),
        })
        found.push(...issues)
        next = nextPageToken
      } while (next !== undefined)
      return found
    },
    async remoteLinks(key) {
      const links = await read(RemoteLinks, `/rest/api/3/issue/${encodeURIComponent(key)}/remotelink`)
      return links.map(({ object }) => object)
    },
    async spaces() {
      return (await read(z.object({ results: z.array(Space) }), '/wiki/api/v2/spaces', { limit: MOST }))
        .results
    },
    async pages() {
      const { results } = await read(z.object({ results: z.array(Page) }), '/wiki/api/v2/pages', {
        limit: MOST,
        ...bodied,
      })
      return results.map(seen)
    },
    page: async (id) => seen(await read(Page, `/wiki/api/v2/pages/${encodeURIComponent(id)}`, bodied)),
  }
}
