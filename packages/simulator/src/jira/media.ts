import { empty, type Reply } from '../http/reply.ts'
import type { Attachment } from '../world/jira/attachment-model.ts'
import type { Site } from '../world/model.ts'

/** The bytes of an attachment. */
export function bytesOf({ jira }: Site, { id }: Attachment): Buffer {
  return Buffer.from(jira.files.get(id) ?? '', 'base64')
}

/** The part that a `Range` header asks for: undefined for all of it, null for none that there is. */
function rangeOf(header: string | null, size: number): readonly [number, number] | null | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || header === 'bytes=-') return undefined
  const [, first = '', last = ''] = match
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return start > end || start >= size ? null : [start, end]
}

/** The bytes, whole or in part. Pictures and pages must not run in a browser as if they were the site's own. */
export function streamFile(site: Site, attachment: Attachment, asked: Headers): Reply {
  const { mimeType, filename } = attachment
  const bytes = new Uint8Array(bytesOf(site, attachment))
  const range = rangeOf(asked.get('range'), bytes.length)
  const headers = {
    'content-type': mimeType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'accept-ranges': 'bytes',
  }
  if (range === null) return empty(416, { ...headers, 'content-range': `bytes */${bytes.length}` })
  if (!range) return { status: 200, bytes, headers: { ...headers, 'content-length': String(bytes.length) } }
  const [start, end] = range
  const part = bytes.slice(start, end + 1)
  return {
    status: 206,
    bytes: part,
    headers: {
      ...headers,
      'content-length': String(part.length),
      'content-range': `bytes ${start}-${end}/${bytes.length}`,
    },
  }
}

/** The bytes of a file on an issue, if it is one. */
export function issueFile(site: Site, id: string, asked: Headers): Reply | undefined {
  for (const { attachments } of site.jira.issues.values()) {
    const found = attachments.find((one) => one.id === id)
    if (found) return streamFile(site, found, asked)
  }
  return undefined
}
