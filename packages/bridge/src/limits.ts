/** Milliseconds. */
export type Milliseconds = number

/** How long the bridge waits, and how much it takes. */
export interface Limits {
  /** Without a byte from the server, after which a request is given up. 0: never. Default: 300,000. */
  readonly silenceMs: Milliseconds
  /** The same until the first byte of an answer. 0: never. Default: 300,000. */
  readonly headersMs: Milliseconds
  /** Between two pings to a server of the legacy era, which keep the connection known on the way. 0: none. Default: 0. */
  readonly pingMs: Milliseconds
  /** How long requests wait for a person to sign in before they are answered with the address. Default: 30,000. */
  readonly patienceMs: Milliseconds
  /** How long a sign-in may take before its address stops working. Default: 600,000. */
  readonly signInMs: Milliseconds
  /** The first pause before something is tried again; later ones double, with jitter. Default: 500. */
  readonly backoffMs: Milliseconds
  /** The longest pause before something is tried again. Default: 30,000. */
  readonly backoffMaxMs: Milliseconds
  /** The longest that a request waits because the server is busy. Default: 60,000. */
  readonly busyMs: Milliseconds
  /** Between two looks for what another process does. Default: 250. */
  readonly pollMs: Milliseconds
  /** How long requests in flight may take to finish when the input ends. Default: 1,000. */
  readonly drainMs: Milliseconds
  /** How long saying goodbye to the server may take. Default: 400. */
  readonly goodbyeMs: Milliseconds
  /** How long a server counts as one of the legacy era before it is asked again. Default: a day. */
  readonly verdictMs: Milliseconds
  /** Bytes of the longest line from the host. Default: 64 MiB. */
  readonly lineBytes: number
  /** Bytes of the largest message from the server. Default: 256 MiB. */
  readonly answerBytes: number
  /** Pages of a list that are put together into one at most. Default: 100. */
  readonly listPages: number
  /** Times that a request is tried again by itself. Default: 5. */
  readonly retries: number
}

/** The limits that hold when nothing else is said. */
export const defaultLimits: Limits = {
  silenceMs: 300_000,
  headersMs: 300_000,
  pingMs: 0,
  patienceMs: 30_000,
  signInMs: 600_000,
  backoffMs: 500,
  backoffMaxMs: 30_000,
  busyMs: 60_000,
  pollMs: 250,
  drainMs: 1_000,
  goodbyeMs: 400,
  verdictMs: 24 * 60 * 60 * 1_000,
  lineBytes: 64 * 1_024 * 1_024,
  answerBytes: 256 * 1_024 * 1_024,
  listPages: 100,
  retries: 5,
}
