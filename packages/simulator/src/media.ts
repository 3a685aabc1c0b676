import { contentFile } from './confluence/media.ts'
import type { Ground } from './ground.ts'
import { readMediaAddress } from './http/media-address.ts'
import { empty, type Reply } from './http/reply.ts'
import { issueFile } from './jira/media.ts'

/** The bytes behind an address that was given out; 403 once it has expired, and 404 for what is not there. */
export function mediaReply({ world, clock }: Ground, url: URL, asked: Headers): Reply {
  const { cloudId, fileId, isGood } = readMediaAddress(url, clock.now())
  const site = world.sites.get(cloudId)
  const file = site && (contentFile(site, fileId) ?? issueFile(site, fileId, asked))
  if (!file) return empty(404)
  return isGood ? file : empty(403)
}
