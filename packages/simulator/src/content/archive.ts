/** A file in an archive. */
export interface ArchiveEntry {
  readonly name: string
  /** Unpacked, in bytes. */
  readonly size: number
  readonly mediaType: string
}

const endOfDirectory = 0x06_05_4b_50
const directoryEntry = 0x02_01_4b_50

const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  html: 'text/html',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xml: 'application/xml',
}

/** The media type that the ending of a file's name stands for. */
function mediaTypeOf(name: string): string {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? ''
  return mediaTypes[ending] ?? 'application/octet-stream'
}

/**
 * The files in a ZIP archive, by its central directory (APPNOTE 4.3.12), folders left out. Undefined for bytes that are
 * no such archive.
 */
export function listArchive(bytes: Buffer): readonly ArchiveEntry[] | undefined {
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== endOfDirectory) end -= 1
  if (end < 0) return undefined
  const entries: ArchiveEntry[] = []
  let place = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (place + 46 > bytes.length || bytes.readUInt32LE(place) !== directoryEntry) return undefined
    const length = bytes.readUInt16LE(place + 28)
    const name = bytes.toString('utf8', place + 46, place + 46 + length)
    if (!name.endsWith('/'))
      entries.push({ name, size: bytes.readUInt32LE(place + 24), mediaType: mediaTypeOf(name) })
    place += 46 + length + bytes.readUInt16LE(place + 30) + bytes.readUInt16LE(place + 32)
  }
  return entries
}
