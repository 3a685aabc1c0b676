import { confluenceUrls } from '@telamon/confluence'

/** Content as far as its address goes. */
interface Addressed {
  readonly id?: string | null
  readonly _links?: { readonly webui?: string | null } | null
}

/** The address of a content for people. */
export function addressOf({ id, _links: links }: Addressed, site: string): string {
  return links?.webui ? addressAt(links.webui, site) : confluenceUrls(site).content(id ?? '')
}

/** A path of the site as an address, without the title at its end: the id before it says everything. */
export function addressAt(path: string, site: string): string {
  return confluenceUrls(site).at(path.replace(titleAtEnd, '$1'))
}

const titleAtEnd = /(\/(?:pages|blog\/\d+\/\d+\/\d+)\/\d+)\/[^/?#]+/
