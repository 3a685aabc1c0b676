import type { Browser } from '../bench/browser.ts'

/** An authorization server as the suite sees it: from outside, by its metadata. */
export interface Target {
  readonly issuer: string
  readonly resource: string
  readonly send: (request: Request) => Promise<Response>
  readonly browser: () => Browser
  /** Agrees to whatever a page of the server asks, until the browser is sent to the client, or to a page that is none. */
  readonly agree: (browser: Browser, authorization: URL, redirectUri: string) => Promise<URL>
  /** Moves the server's clock on, or waits where there is none to move. */
  readonly pass?: (milliseconds: number) => void
  readonly close: () => Promise<void>
}
