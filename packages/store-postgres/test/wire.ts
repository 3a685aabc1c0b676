import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

import { onTestFinished } from 'vitest'

import { url } from './postgres.ts'

/** A wire to the PostgreSQL of the tests that can be cut. */
export interface Wire {
  readonly url: string
  /** Ends all connections, and takes no more. */
  readonly cut: () => Promise<void>
  readonly mend: () => Promise<void>
  /** Lets nothing through any more on the connections that are there, and says nothing. New ones work. */
  readonly freeze: () => void
}

/** Lays a wire that goes with the test. */
export async function layWire(): Promise<Wire> {
  const target = new URL(url)
  const folder = target.searchParams.get('host')
  const port = Number(target.port || 5432)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = folder === null ? connect(port, target.hostname) : connect(`${folder}/.s.PGSQL.${port}`)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  })
  const listen = async (at: number): Promise<void> => {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  onTestFinished(cut)
  await listen(0)
  const address = server.address()
  const near = typeof address === 'object' && address !== null ? address.port : 0
  const name = target.username ? `${target.username}:${target.password}@` : ''
  return {
    url: `postgres://${name}127.0.0.1:${near}${target.pathname}`,
    cut,
    mend: () => listen(near),
    freeze() {
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}
