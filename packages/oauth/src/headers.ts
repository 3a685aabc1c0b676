/** Where the form of a page may lead. */
export type FormTarget =
  /** There is no form. */
  | { readonly kind: 'none' }
  /** To ourselves, and from there on to the sign-in or back to the client at that address. */
  | { readonly kind: 'onward'; readonly redirectUri: string }

/**
 * The headers of a page: nothing from elsewhere, no script, no frame, no copy, no referrer.
 *
 * `form-action` is wide on purpose. Chromium holds each hop of the redirects that follow a form to it (seen in 156, for
 * private-use schemes too), and the hops after the sign-in's first are not ours to know: a company's own identity
 * provider, or the client's next page. So it names the kinds of address that a redirect may have, and keeps a form
 * away from plain http and from foreign schemes.
 */
export function pageHeaders(nonce: string, form: FormTarget): Headers {
  return new Headers({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      `form-action ${formSources(form)}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-robots-tag': 'noindex',
  })
}

function formSources(form: FormTarget): string {
  if (form.kind === 'none') return "'none'"
  const { protocol, hostname } = new URL(form.redirectUri)
  const sources = ["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*']
  if (protocol !== 'https:' && protocol !== 'http:') sources.push(protocol)
  // A source list has no form for IPv6 addresses (CSP level 3, host-source).
  else if (hostname === '[::1]') sources.push('http:')
  return sources.join(' ')
}
