import type { Reply } from '../http/reply.ts'
import type { AttachmentVersion } from '../world/confluence-model.ts'
import type { Site } from '../world/model.ts'

/** The bytes of a file of Confluence, if it is one. */
export function contentFile(site: Site, fileId: string): Reply | undefined {
  const file = site.confluence.files.get(fileId)
  return file === undefined ? undefined : bytesReply(file, versionOf(site, fileId))
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
