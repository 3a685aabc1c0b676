/** A page for the browser that comes back from the sign-in. */
export interface Page {
  readonly status: number
  readonly title: string
  readonly text: string
  /** Where the browser goes on to. */
  readonly location?: string
}

/** Writes a page of text: no script, nothing from elsewhere. */
export async function renderPage({
  title,
  text,
}: Page): Promise<{ html: string; headers: Record<string, string> }> {
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(style).digest('base64')
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      connection: 'close',
    },
  }
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{max-width:32rem;padding:2rem}
h1{font-size:1.5rem;margin:0 0 .5rem}
p{margin:0}`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
