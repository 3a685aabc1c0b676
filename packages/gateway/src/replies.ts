/** A JSON answer that nobody keeps. */
export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  })
}

/** A refusal in words that say what to do. */
export function refusal(status: number, error: string, words: string): Response {
  return json(status, { error, error_description: words })
}

/** A problem of the HTTP layer. @see RFC 9457, draft-ietf-httpapi-ratelimit-headers-11 section 5 */
export function problem(
  status: 429 | 503,
  type: 'quota-exceeded' | 'temporary-reduced-capacity',
  retryAfterMs: number,
): Response {
  const seconds = Math.min(3600, Math.max(1, Math.ceil(retryAfterMs / 1000)))
  const body = {
    type: `https://iana.org/assignments/http-problem-types#${type}`,
    title: type === 'quota-exceeded' ? 'Too many requests' : 'The server has no room for this request now',
    status,
    detail: `Try again in ${seconds} seconds.`,
  }
  return json(status, body, { 'content-type': 'application/problem+json', 'retry-after': String(seconds) })
}

/** Adds header fields that an answer does not have yet. */
export function withHeaders(response: Response, fields: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(fields)) {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  return response
}
