/**
 * Moves bytes through a client in a process of its own, and reports how far that has grown.
 * Usage: node --expose-gc stream-client.ts CLIENT upload|download URL, with an IPC channel to whoever started it
 */
import { createJira } from '@telamon/jira'
import { basicAuth } from '@telamon/rest'
import { createNodeFetch } from '@telamon/rest/node'

export type StreamClient = 'Telamon' | 'Telamon over node:http' | 'plain fetch'
export type Direction = 'upload' | 'download'

/** What to move, and whether to collect garbage on the way. */
export interface StreamOrder {
  readonly size: number
  readonly collect: boolean
}

/** What one transfer has done to the process, in bytes of resident memory. */
export interface StreamReport {
  readonly bytes: number
  readonly before: number
  readonly highest: number
}

const pieceSize = 65_536
/** How often garbage is collected on the way, in bytes that went through. */
const between = 8_000_000
const [client = '', direction = '', url = ''] = process.argv.slice(2)

const collectGarbage = (): void => {
  if (globalThis.gc === undefined) throw new Error('Start this with --expose-gc.')
  globalThis.gc()
}

let bytes = 0
let highest = 0
let collected = 0
let collect = false

/** Looks at the memory with each piece; where garbage is collected, right after that only. */
function pass(piece: Uint8Array): void {
  bytes += piece.byteLength
  if (collect) {
    if (bytes - collected < between) return
    collected = bytes
    collectGarbage()
  }
  highest = Math.max(highest, process.memoryUsage.rss())
}

async function* source(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= pieceSize) {
    const piece = new Uint8Array(Math.min(left, pieceSize))
    pass(piece)
    yield piece
  }
}

const { attachments } = createJira({
  auth: basicAuth({ site: url, email: 'a@example.com', apiToken: 'b' }),
  ...(client === 'Telamon over node:http' && { fetch: createNodeFetch() }),
})

async function plainUpload(size: number): Promise<void> {
  const init = {
    method: 'POST',
    body: ReadableStream.from(source(size)),
    duplex: 'half',
    redirect: 'error',
  } as const
  await (await fetch(url, init)).arrayBuffer()
}

async function read(body: ReadableStream<Uint8Array> | null): Promise<void> {
  for await (const piece of body ?? []) pass(piece)
}

const transfers: Readonly<Record<string, (size: number) => Promise<unknown>>> = {
  upload: (size) =>
    client === 'plain fetch'
      ? plainUpload(size)
      : attachments.upload('DEMO-1', [{ name: 'large.bin', content: source(size), size }]),
  download: async (size) => {
    if (client === 'plain fetch') return read((await fetch(`${url}/content/${size}`)).body)
    return read((await attachments.download(String(size))).body)
  },
}

/** One transfer. */
async function move(order: StreamOrder): Promise<StreamReport> {
  collectGarbage()
  const before = process.memoryUsage.rss()
  bytes = 0
  collected = 0
  highest = before
  collect = order.collect
  await transfers[direction]?.(order.size)
  return { bytes, before, highest }
}

process.on('message', (order: StreamOrder) => {
  void move(order).then((report) => process.send?.(report))
})
process.send?.('ready')
