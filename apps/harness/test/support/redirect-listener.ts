import { createServer } from 'node:http'

import { onTestFinished } from 'vitest'

/** A client's redirect address, with somebody listening. */
export interface RedirectListener {
  readonly url: string
  /** The address with which the browser came. */
  readonly arrived: Promise<URL>
}

/** Listens on a free port until the test ends. */
export async function listenForRedirect(): Promise<RedirectListener> {
  const arrived = Promise.withResolvers<URL>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    response.setHeader('content-type', 'text/html')
    response.end(
      '<!doctype html><title>Signed in</title><link rel="icon" href="data:,"><p>Back at the client.',
    )
    if (url.pathname === '/callback') arrived.resolve(url)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/callback`, arrived: arrived.promise }
}
