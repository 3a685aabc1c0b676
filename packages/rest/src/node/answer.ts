import type { IncomingMessage } from 'node:http'
import { Readable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'

/** How packed answers are unpacked, by the name of the coding. Others are not asked for. */
const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress } as const

const isUnpackable = (coding: string): coding is keyof typeof unpackers => Object.hasOwn(unpackers, coding)

function unpacked(message: IncomingMessage): Readable {
  const coding = message.headers['content-encoding']?.toLowerCase() ?? ''
  if (!isUnpackable(coding)) return message
  // Whoever reads the unpacked bytes is told of an error by them.
  return pipeline(message, unpackers[coding](), () => {})
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  return headers
}

/** Reads all of it, and gives up on what is too long. */
function textOf(bytes: Readable, longest: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    bytes.setEncoding('utf8')
    bytes.on('data', (piece: string) => {
      text += piece
      if (text.length > longest)
        bytes.destroy(new RangeError(`The answer has more than ${longest} characters.`))
    })
    bytes.once('end', () => resolve(text.startsWith('\uFEFF') ? text.slice(1) : text))
    bytes.once('error', reject)
  })
}

/**
 * An answer in the shape of a `Response`. A real one has a web stream made for each body, which costs more than the rest
 * of the request; here that is made when `body` is asked for, and text is read without it.
 */
export function answerOf(message: IncomingMessage, longestText: number): Response {
  const { statusCode: status = 0, statusMessage: statusText = '' } = message
  const empty =
    status === 204 || status === 205 || status === 304 || message.headers['content-length'] === '0'
  if (empty) message.resume()
  const bytes = empty ? undefined : unpacked(message)
  let body: ReadableStream | undefined
  const answer = {
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers: headersOf(message),
    get body() {
      return bytes === undefined ? null : (body ??= Readable.toWeb(bytes))
    },
    text: async () => (bytes === undefined ? '' : textOf(bytes, longestText)),
    [Symbol.toStringTag]: 'Response',
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ky and this package look at these members and no others.
  return answer as unknown as Response
}
