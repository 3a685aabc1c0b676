/**
 * Moves bytes through a client in a process of its own, and reports how far that grew. Told by the parent: the address,
 * and which way. Started with --expose-gc: memory is looked at after each 8 MB, when garbage has been collected, since
 * Node lets some tens of megabytes of used buffers lie, whoever uses them.
 */
import { basicAuth, createRest } from '../../src/index.ts'
import { addAttachment, getAttachmentContent } from './records.ts'

const between = 8_000_000
const pieceSize = 65_536
const [base = '', direction] = process.argv.slice(2)
const rest = createRest({ auth: basicAuth({ site: base, email: 'a', apiToken: 'b' }) })

const collectGarbage = (): void => {
  if (globalThis.gc === undefined) throw new Error('Start this with --expose-gc.')
  globalThis.gc()
}

let highest = 0
let bytes = 0
let collected = 0
function pass(piece: Uint8Array): void {
  bytes += piece.byteLength
  if (bytes - collected < between) return
  collected = bytes
  collectGarbage()
  highest = Math.max(highest, process.memoryUsage.rss())
}

async function download(size: number): Promise<void> {
  const { body } = await rest.stream(getAttachmentContent, { path: { id: String(size) } })
  for await (const piece of body) pass(piece)
}

async function* source(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= pieceSize) {
    const piece = new Uint8Array(Math.min(left, pieceSize))
    pass(piece)
    yield piece
  }
}

async function upload(size: number): Promise<void> {
  const body = [{ name: 'a', content: source(size), size }]
  await rest.call(addAttachment, { path: { issueIdOrKey: 'ED-1' }, body })
}

const run = direction === 'download' ? download : upload
await run(1_000_000)
collectGarbage()
const before = process.memoryUsage.rss()
highest = before
bytes = 0
collected = 0
await run(200_000_000)
process.send?.({ bytes, growth: highest - before })
