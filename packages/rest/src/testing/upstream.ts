/** A request as the upstream saw it. */
export interface UpstreamRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  /** The body as JSON; `undefined` when it is none. */
  readonly json: unknown
}

/** One answer: ready made, made for the request, or an error that `fetch` throws. A step serves one request. */
export type Step = Response | Error | ((request: UpstreamRequest) => Response | Promise<Response>)

/** A scripted upstream. Answers in the order of its steps and remembers what was asked. */
export interface Upstream {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly UpstreamRequest[]
  /** How many steps are left. */
  readonly left: () => number
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Uploads and empty bodies are no JSON, and are looked at as text.
    return undefined
  }
}

async function seen(request: Request): Promise<UpstreamRequest> {
  const body = await request.text()
  return {
    method: request.method,
    url: new URL(request.url),
    headers: request.headers,
    body,
    json: parse(body),
  }
}

/** Plays the steps, one a request. A request beyond the last step fails, and says which it was. */
export function createUpstream(...steps: readonly Step[]): Upstream {
  const requests: UpstreamRequest[] = []
  let taken = 0
  return {
    requests,
    left: () => Math.max(0, steps.length - taken),
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      // Taken at once: requests that come together must not have the same step.
      const index = taken
      const step = steps[index]
      taken += 1
      const asked = await seen(request)
      requests[index] = asked
      if (step === undefined) throw new Error(`No step is left for ${asked.method} ${asked.url.pathname}.`)
      if (step instanceof Error) throw step
      return step instanceof Response ? step : step(asked)
    },
  }
}
