/**
 * How far a process grows while 200 MB go through a client, in each direction. Client and server are processes of their
 * own; the client has moved one small file before, so that everything is loaded.
 *
 * - kept: garbage is collected after each 8 MB, and the resident memory looked at then: what the transfer holds on to
 * - left: the same transfer undisturbed, looked at with every piece of 64 KiB: with the garbage that Node lets lie
 *
 * A plain fetch that moves the same bytes stands beside it: what that grows by is Node's, whoever uses it. Ends with 1
 * when a transfer of ours keeps 40 MB or more.
 *
 * Usage: npm run bench:streams
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'

import { print } from '../output.ts'
import { linesOf } from './columns.ts'
import type { Direction, StreamClient, StreamOrder, StreamReport } from './stream-client.ts'
import { startUpstream } from './stream-upstream.ts'

const bytes = 200_000_000
const small = 1_000_000
const most = 40_000_000

interface Row {
  readonly client: StreamClient
  readonly direction: Direction
  /** Bytes of resident memory before the first of the two transfers. */
  readonly base: number
  readonly kept: number
  readonly left: number
}

const megabytes = (count: number): number => Math.round(count / 1e6)

const growth = ({ before, highest }: StreamReport): number => highest - before

async function measure(client: StreamClient, direction: Direction, url: string): Promise<Row> {
  const program = new URL('stream-client.ts', import.meta.url)
  const child = fork(program, [client, direction, url], { execArgv: ['--expose-gc'] })
  try {
    await once(child, 'message')
    const move = async (order: StreamOrder): Promise<StreamReport> => {
      child.send(order)
      const [report] = await once(child, 'message')
      if (report.bytes !== order.size)
        throw new Error(`${client}: ${report.bytes} of ${order.size} bytes went through.`)
      return report
    }
    await move({ size: small, collect: false })
    const kept = await move({ size: bytes, collect: true })
    const left = await move({ size: bytes, collect: false })
    return { client, direction, base: kept.before, kept: growth(kept), left: growth(left) }
  } finally {
    child.kill()
  }
}

const upstream = await startUpstream()
const rows: Row[] = []
for (const direction of ['upload', 'download'] as const) {
  for (const client of ['plain fetch', 'Telamon', 'Telamon over node:http'] as const)
    rows.push(await measure(client, direction, upstream.url))
}
upstream.stop()

const table = linesOf(rows, [
  ['200 MB', ({ direction }) => direction],
  ['client', ({ client }) => client],
  ['MB before', ({ base }) => megabytes(base)],
  ['kept +MB', ({ kept }) => megabytes(kept)],
  ['left +MB', ({ left }) => megabytes(left)],
])
print(table.join('\n'))

const tooFar = rows.filter(({ client, kept }) => client !== 'plain fetch' && kept >= most)
print(
  tooFar.length === 0
    ? '\nNo transfer of ours kept 40 MB or more of 200 MB'
    : `\n${tooFar.length} transfers of ours kept 40 MB or more`,
)
if (tooFar.length > 0) process.exitCode = 1
