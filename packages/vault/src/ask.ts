import { isTransientStatus } from './errors.ts'
import { type Io, readText, within } from './io.ts'
import type { Ask } from './profile.ts'
import { answerMs } from './token-endpoint.ts'

const answerBytes = 4 * 1024 * 1024

/** An answer of the upstream's API that is no JSON of status 200. */
class AskError extends Error {
  override readonly name = 'AskError'
  /** Absent when there was no answer, or none that could be read. */
  readonly status?: number

  constructor(message: string, { status, ...options }: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options)
    if (status !== undefined) this.status = status
  }
}

/** Whether the upstream refused the access token itself. */
export const isRefusedToken = (error: unknown): boolean => error instanceof AskError && error.status === 401

/** Whether a failed question says nothing about token or rights, so that asking again is right. */
export const isPassing = (error: unknown): boolean =>
  error instanceof AskError && (error.status === undefined || isTransientStatus(error.status))

/** Whether the upstream refused a question that it could answer: a right is missing, or the token is no good. */
export const isRefusal = (error: unknown): boolean => error instanceof AskError && !isPassing(error)

/** Makes an {@link Ask} for one access token. Follows no redirect: the token is for this address only. */
export function createAsk(io: Io, accessToken: string, signal?: AbortSignal): Ask {
  return async (url) => {
    const bounds = { milliseconds: answerMs, sleep: io.sleep, ...(signal && { signal }) }
    const { status, text } = await within(bounds, async (either) => {
      const response = await io.fetch(url, {
        headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
        redirect: 'manual',
        signal: either,
      })
      return { status: response.status, text: await readText(response, answerBytes) }
    }).catch((cause: unknown) => {
      signal?.throwIfAborted()
      throw new AskError(`No answer from ${url}`, { cause })
    })
    if (status !== 200) throw new AskError(`${url} answered ${status}`, { status })
    try {
      const value: unknown = JSON.parse(text)
      return value
    } catch {
      // The parser's own sentence quotes the answer, which is not ours to repeat.
      throw new AskError(`${url} answered 200 without JSON`)
    }
  }
}
