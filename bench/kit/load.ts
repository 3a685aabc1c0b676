/**
 * The load generator: HTTP/1.1 over plain sockets, one request at a time on each connection, in a process of its own.
 * It only speaks to loopback addresses and stops by itself.
 */
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

import { ownCpu } from './processor.ts'
import { launch } from './server-process.ts'
import { quantile } from './statistics.ts'

export interface LoadRequest {
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface LoadOrder extends LoadRequest {
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  readonly count: number
  /** Answers with a status outside 200 to 299, and connections that the server closed. */
  readonly bad: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Seconds of processor time that the generator itself used. */
  readonly cpu: number
}

/** Loads a server from another process, pinned to `cpu`. */
export async function load(order: LoadOrder, cpu?: number): Promise<LoadResult> {
  if (!/^(127\.|localhost$|\[::1\]$)/.test(new URL(order.url).hostname))
    throw new Error('Load goes to loopback only')
  const self = fileURLToPath(import.meta.url)
  const { lines, ended } = launch([self, JSON.stringify(order)], cpu === undefined ? {} : { cpu })
  let result: LoadResult | undefined
  lines.on('line', (line) => {
    result = JSON.parse(line)
  })
  await ended
  if (result === undefined || result.count === 0) throw new Error(`No answer from ${order.url}`)
  return result
}

function generate({ url, method = 'GET', headers, body = '', connections, seconds }: LoadOrder): void {
  const { hostname, port, host, pathname, search } = new URL(url)
  const fields = { host, ...headers, ...(body && { 'content-length': String(Buffer.byteLength(body)) }) }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\n${head.join('')}\r\n${body}`)
  const begin = performance.now()
  const until = begin + seconds * 1000
  const latencies: number[] = []
  let bad = 0
  let open = connections
  const closed = (): void => {
    if (performance.now() < until) bad += 1
    open -= 1
    if (open > 0) return
    const perSecond = (latencies.length * 1000) / (performance.now() - begin)
    const result: LoadResult = {
      count: latencies.length,
      bad,
      perSecond,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      cpu: ownCpu(),
    }
    console.log(JSON.stringify(result))
  }
  for (let i = 0; i < connections; i += 1) {
    let sent = 0
    let pending: Buffer | undefined
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    const next = (): void => {
      sent = performance.now()
      socket.write(request)
    }
    socket.on('connect', next)
    socket.on('close', closed)
    socket.on('error', () => {
      // A close follows, and is counted there.
    })
    socket.on('data', (chunk) => {
      pending = pending === undefined ? chunk : Buffer.concat([pending, chunk])
      const length = answerLength(pending)
      if (length === undefined || pending.length < length) return
      if (pending[9] !== 0x32) bad += 1
      pending = undefined
      latencies.push(performance.now() - sent)
      if (performance.now() < until) next()
      else socket.destroy()
    })
  }
}

/** Bytes of the answer at the start of the buffer; undefined as long as that cannot be said. */
function answerLength(buffer: Buffer): number | undefined {
  const headEnd = buffer.indexOf('\r\n\r\n') + 4
  if (headEnd < 4) return undefined
  const head = buffer.latin1Slice(0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) return headEnd + Number(length[1])
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return headEnd
  for (let at = headEnd; ;) {
    const lineEnd = buffer.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(buffer.latin1Slice(at, lineEnd), 16)
    at = lineEnd + size + 4
    if (size === 0) return at
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generate(JSON.parse(process.argv[2] ?? '{}'))
