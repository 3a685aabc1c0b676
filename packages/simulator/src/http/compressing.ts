import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** Shorter answers are sent as they are: of 21 recorded answers the larger ones were compressed (F-HDR-13). */
const worthIt = 1024

const accepts = (request: Request): boolean =>
  (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/.test(coding))

/** An answer as it goes over a wire: a longer one in gzip where the client takes it (recorded, F-HDR-13). */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const { status, headers } = response
  const isText = /json|text|xml/.test(headers.get('content-type') ?? '')
  if (!isText || response.body === null || !accepts(request)) return response
  const bytes = Buffer.from(await response.arrayBuffer())
  if (bytes.length < worthIt) return new Response(bytes, { status, headers })
  const packed = new Response(await compress(bytes), { status, headers })
  packed.headers.set('content-encoding', 'gzip')
  return packed
}
