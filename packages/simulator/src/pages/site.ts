import type { Ground } from '../ground.ts'
import { empty, type Reply } from '../http/reply.ts'
import type { Site } from '../world/model.ts'
import { errorPage } from './layout.ts'
import { requestPage } from './portal.ts'
import { issuePage, siteHome, wikiPage } from './site-pages.ts'
import { callerOf, chooseViewer, viewerOf } from './viewer.ts'

/** A page of a site for people: an issue, a page of the wiki, or the way in. */
export function sitePage(
  ground: Ground,
  { site, request, url }: { readonly site: Site; readonly request: Request; readonly url: URL },
): Reply {
  if (request.method !== 'GET')
    return errorPage(405, 'Only for reading', 'The pages of the simulator cannot be changed here.')
  if (url.pathname === '/favicon.ico') return empty(404)
  const viewer = viewerOf(ground, request)
  if (!viewer || !site.members.has(viewer.accountId)) {
    return chooseViewer(ground, { site, back: `${url.pathname}${url.search}` })
  }
  // The world is a getter, so it is named here rather than spread.
  const look = { ...ground, world: ground.world, site, viewer, caller: callerOf(viewer) }
  const browse = /^\/browse\/([^/]+)$/.exec(url.pathname)
  if (browse) return issuePage(look, decodeURIComponent(browse[1] ?? ''))
  const portal = /^\/servicedesk\/customer\/portal\/[^/]+\/([^/]+)$/.exec(url.pathname)
  if (portal) return requestPage(look, decodeURIComponent(portal[1] ?? ''))
  if (url.pathname === '/wiki' || url.pathname.startsWith('/wiki/'))
    return wikiPage(look, url.pathname.slice(5))
  return url.pathname === '/'
    ? siteHome(look)
    : errorPage(404, 'No such page', 'The simulator has no page at this address.')
}
