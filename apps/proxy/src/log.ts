import type { BridgeEvent, Observe, Protection } from '@telamon/bridge'

/** What is said of an event. `always`: also to those who did not ask for it, because they have to act or would be surprised. */
interface Line {
  readonly text: () => string
  readonly always: boolean
}

const storedAs: Readonly<Record<Protection, string>> = {
  sealed: '',
  plain: ' It is stored in a file that only you can read, and is not encrypted; --key-file encrypts it.',
  memory: ' It is not stored, and ends with this program.',
}

/** Writes what happens for people. The same sentence is not written twice in a row. */
export function createLog({
  loudness,
  write,
}: {
  /** `silent`: nothing at all. `normal`: what a person has to know. `debug`: what happens. */
  readonly loudness: 'silent' | 'normal' | 'debug'
  readonly write: (line: string) => void
}): Observe {
  let last: string | undefined
  return (event) => {
    if (loudness === 'silent') return
    const { text: tell, always } = lineFor(event)
    if (!always && loudness !== 'debug') return
    const text = tell()
    if (text === last) return
    last = text
    write(`telamon-proxy: ${text}`)
  }
}

function lineFor(event: BridgeEvent): Line {
  switch (event.type) {
    case 'sign_in':
      if (event.userCode !== undefined)
        return said(
          () =>
            `To sign in, open ${event.url} in any browser, and compare or type the code ${event.userCode}`,
        )
      return said(() =>
        event.opened
          ? `Sign in in the browser window that opens. If none does, open ${event.url}`
          : `To sign in, open ${event.url}`,
      )
    case 'sign_in_elsewhere':
      return said(
        () => 'Another telamon-proxy is waiting for the same sign-in in a browser window. Finish it there.',
      )
    case 'signed_in':
      return said(() => `Signed in to ${event.server}.${storedAs[event.protection]}`)
    case 'sign_in_failed':
    case 'connection_failed':
      return said(() => event.reason)
    case 'not_stored':
      return said(
        () => `The sign-in is good until this program ends, because it could not be stored. ${event.reason}`,
      )
    case 'fault':
      return said(
        () =>
          `A fault in telamon-proxy itself: ${event.error instanceof Error ? event.error.stack : String(event.error)}`,
      )
    case 'token_renewed':
      return detail(() => 'The token was renewed.')
    case 'connected':
      return detail(() => `Connected (${event.era}, ${event.revision}).`)
    case 'session_renewed':
      return detail(() => 'The server had lost the session; there is a new one.')
    case 'stream_broken':
      return detail(() => `A stream broke. ${event.reason}`)
    case 'exchange':
      return detail(() => `${event.method}: ${event.status} after ${Math.round(event.ms)} ms.`)
    case 'request_failed':
      return detail(() => `${event.method} failed. ${event.reason}`)
    case 'line_refused':
      return detail(() => `A line from the host was refused. ${event.reason}`)
    default:
      return event satisfies never
  }
}

const said = (text: () => string): Line => ({ text, always: true })

const detail = (text: () => string): Line => ({ text, always: false })
