import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Takes any number of bytes, or gives as many as the last segment of the path says, and keeps none. */
const serve: RequestListener = (request, response) => {
  if (request.method === 'POST') {
    let bytes = 0
    request.on('data', (piece: Buffer) => (bytes += piece.byteLength))
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify([{ size: bytes }]))
    })
    return
  }
  const piece = Buffer.alloc(65_536)
  let left = Number(request.url?.split(/[/?]/).findLast((part) => /^\d+$/.test(part)))
  response.setHeader('content-type', 'application/octet-stream')
  response.setHeader('content-length', left)
  const write = (): void => {
    while (left > 0) {
      const size = Math.min(left, piece.byteLength)
      left -= size
      if (!response.write(piece.subarray(0, size))) {
        response.once('drain', write)
        return
      }
    }
    response.end()
  }
  write()
}

/** A server for attachments of any size, on a free port of this machine. */
export async function startUpstream(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const server = createServer(serve)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
