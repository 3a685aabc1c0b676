import { confluenceUrls } from '@telamon/confluence'

/** Content as far as its address goes. */
interface Addressed {
  readonly id?: string | null
  readonly _links?: { readonly webui?: string | null } | null
}

/** The address of a content for people. */
export function addressOf({ id, _links: links }: Addressed, site: string): string {
  const urls = confluenceUrls(site)
  return links?.webui ? urls.at(links.webui) : urls.content(id ?? '')
}
