import { createHmac, timingSafeEqual } from 'node:crypto'

import type { Ground } from '../ground.ts'
import type { Call } from '../http/call.ts'
import { empty, type Reply } from '../http/reply.ts'
import type { AttachmentVersion } from '../world/confluence-model.ts'
import type { Site } from '../world/model.ts'

/** How long an address of bytes is good for, in milliseconds (inferred). */
const lifetime = 15 * 60_000

/** Where the bytes of attachments are: the simulator's stand-in for the media host. */
export const mediaPrefix = '/simulator/media/'

function sign(fileId: string, expires: number): string {
  return createHmac('sha256', 'telamon-simulator-media').update(`${fileId} ${expires}`).digest('base64url')
}

/** An address that gives the bytes to whoever has it, for a while, as that of the media host does (documented: 302). */
export function mediaAddress(
  { site, origins, clock }: Pick<Call, 'site' | 'origins' | 'clock'>,
  { fileId }: AttachmentVersion,
): string {
  const expires = clock.now() + lifetime
  const url = new URL(`${mediaPrefix}${site.cloudId}/${fileId}/binary`, origins.api)
  url.searchParams.set('token', `${expires}.${sign(fileId, expires)}`)
  return url.href
}

function isGood(token: string, fileId: string, now: number): boolean {
  const [expires = '', mark = ''] = token.split('.')
  const expected = Buffer.from(sign(fileId, Number(expires)))
  const given = Buffer.from(mark)
  return given.length === expected.length && timingSafeEqual(given, expected) && now < Number(expires)
}

/** The bytes behind an address of `mediaAddress`; 403 once it has expired. */
export function mediaReply({ world, clock }: Ground, url: URL): Reply {
  const [cloudId = '', fileId = ''] = url.pathname.slice(mediaPrefix.length).split('/')
  const site = world.sites.get(cloudId)
  const file = site?.confluence.files.get(fileId)
  if (!site || file === undefined) return empty(404)
  if (!isGood(url.searchParams.get('token') ?? '', fileId, clock.now())) return empty(403)
  return bytesReply(file, versionOf(site, fileId))
}

function versionOf({ confluence }: Site, fileId: string): AttachmentVersion | undefined {
  for (const { versions } of confluence.attachments.values()) {
    const version = versions.find((one) => one.fileId === fileId)
    if (version) return version
  }
  return undefined
}

/** The bytes of a file, to be saved and never to be run. */
export function bytesReply(base64: string, version: AttachmentVersion | undefined): Reply {
  const { title = 'file', mediaType = 'application/octet-stream' } = version ?? {}
  return {
    status: 200,
    bytes: new Uint8Array(Buffer.from(base64, 'base64')),
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(title)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  }
}
