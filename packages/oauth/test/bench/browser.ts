/** Answers a browser, wherever it goes. */
export type Web = (request: Request) => Promise<Response>

/** Where a browser is after it has followed all redirects. */
export interface Visit {
  readonly url: URL
  readonly response: Response
  readonly body: string
}

/** A form of a page, ready to be sent. */
export interface Form {
  readonly action: URL
  readonly fields: URLSearchParams
}

/** A browser that keeps cookies, follows redirects and sends forms. It accepts Secure cookies on plain http. */
export interface Browser {
  /** Opens an address and follows redirects, until a page comes or an address begins with one of `stopAt`. */
  readonly open: (address: string | URL, options?: { readonly stopAt?: readonly string[] }) => Promise<Visit>
  /** Sends the form of a page as a person would: what is preselected, changed by `change`, and the button. */
  readonly submit: (
    page: Visit,
    change?: Readonly<Record<string, string | readonly string[]>>,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly stopAt?: readonly string[] },
  ) => Promise<Visit>
  readonly cookies: Map<string, string>
  /** Every address that was visited. */
  readonly trail: string[]
}

const mostHops = 20

export function createBrowser(web: Web): Browser {
  const cookies = new Map<string, string>()
  const trail: string[] = []

  async function send(request: Request): Promise<Response> {
    trail.push(`${request.method} ${request.url}`)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') request.headers.set('cookie', cookie)
    const response = await web(request)
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      if (attributes.some((attribute) => /max-age=0$/i.test(attribute.trim())))
        cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  async function follow(first: Request, stopAt: readonly string[]): Promise<Visit> {
    let request = first
    for (let hop = 0; hop < mostHops; hop += 1) {
      const response = await send(request)
      const location = response.headers.get('location')
      const body = await response.clone().text()
      if (location === null) return { url: new URL(request.url), response, body }
      const next = new URL(location, request.url)
      if (stopAt.some((prefix) => location.startsWith(prefix))) return { url: next, response, body }
      request = new Request(next)
    }
    throw new Error(`more than ${mostHops} redirects`)
  }

  return {
    cookies,
    trail,
    open: (address, { stopAt = [] } = {}) => follow(new Request(address), stopAt),
    submit(page, change = {}, { headers = {}, stopAt = [] } = {}) {
      const { action, fields } = readForm(page)
      for (const [name, value] of Object.entries(change)) {
        fields.delete(name)
        for (const each of [value].flat()) fields.append(name, each)
      }
      const request = new Request(action, {
        method: 'POST',
        body: fields,
        headers: { origin: 'null', 'sec-fetch-site': 'same-origin', ...headers },
      })
      return follow(request, stopAt)
    },
  }
}

/** Reads the one form of a page: hidden fields, and what is preselected. */
export function readForm({ body, url }: Visit): Form {
  const form = /<form method="post" action="([^"]*)">(.*?)<\/form>/s.exec(body)
  if (form === null) throw new Error(`there is no form on ${url.href}:\n${body}`)
  const fields = new URLSearchParams()
  for (const [tag] of (form[2] ?? '').matchAll(/<input[^>]*>/g)) {
    const hidden = tag.includes('type="hidden"')
    const checked = / checked/.test(tag)
    if (hidden || checked) fields.append(attribute(tag, 'name'), attribute(tag, 'value'))
  }
  return { action: new URL(unescape(form[1] ?? ''), url), fields }
}

const attribute = (tag: string, name: string): string =>
  unescape(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
