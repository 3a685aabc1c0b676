/** An answer with these header fields. */
interface ReplyInit {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A JSON answer as Jira writes it. */
export function json(value: unknown, { status = 200, headers = {} }: ReplyInit = {}): Response {
  const fields = { 'content-type': 'application/json;charset=UTF-8', ...headers }
  return new Response(JSON.stringify(value), { status, headers: fields })
}

/** A page of markup, as proxies and edges answer. */
export function html(
  text = '<!doctype html><title>Sign in</title>',
  { status = 200, headers = {} }: ReplyInit = {},
): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html;charset=UTF-8', ...headers } })
}

/** An answer without a body. */
export function reply(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers })
}
