import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A way to a server that breaks at random. */
export interface Cutter {
  readonly port: number
  readonly cuts: () => number
  /** Breaks nothing any more. */
  readonly rest: () => void
  readonly close: () => void
}

/** Opens the way. Each piece of data that passes breaks its connection with this probability, before it has arrived. */
export async function openCutter(target: URL, probability: number): Promise<Cutter> {
  let [cuts, isResting] = [0, false]
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    const end = (): void => {
      near.destroy()
      far.destroy()
      open.delete(near)
    }
    const carry = (to: Socket) => (piece: Buffer) => {
      if (isResting || Math.random() >= probability) return void to.write(piece)
      cuts++
      // Half of a piece may have arrived.
      to.write(piece.subarray(0, Math.floor(Math.random() * piece.length)), end)
      return undefined
    }
    open.add(near)
    near.on('data', carry(far)).on('close', end).on('error', end)
    far.on('data', carry(near)).on('close', end).on('error', end)
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cuts: () => cuts,
    rest: () => void (isResting = true),
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
