/**
 * Moves bytes through a client in a process of its own, and reports how far that grew. Told by the parent: the address,
 * and which way. The first run warms up, since Node lets some tens of megabytes of used buffers lie, whoever uses them;
 * it moves a third only, so that what would be kept of the second run cannot hide in what the first one left.
 */
import { basicAuth, createRest } from '../../src/index.ts'
import { addAttachment, getAttachmentContent } from './records.ts'

const mebibyte = 2 ** 20
const [base = '', direction] = process.argv.slice(2)
const rest = createRest({ auth: basicAuth({ site: base, email: 'a', apiToken: 'b' }) })

let highest = 0
let bytes = 0
function pass(piece: Uint8Array): void {
  bytes += piece.byteLength
  highest = Math.max(highest, process.memoryUsage.rss())
}

async function download(size: number): Promise<void> {
  const { body } = await rest.stream(getAttachmentContent, { path: { id: String(size) } })
  for await (const piece of body) pass(piece)
}

async function* source(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= 65_536) {
    const piece = new Uint8Array(65_536)
    pass(piece)
    yield piece
  }
}

async function upload(size: number): Promise<void> {
  const body = [{ name: 'a', content: source(size), size }]
  await rest.call(addAttachment, { path: { issueIdOrKey: 'ED-1' }, body })
}

const run = direction === 'download' ? download : upload
await run(48 * mebibyte)
const before = process.memoryUsage.rss()
highest = before
bytes = 0
await run(144 * mebibyte)
process.send?.({ bytes, growth: highest - before })
