import type { Context } from '../context.ts'
import type { PageSettings } from '../options.ts'
import { randomText, type Random } from '../tokens.ts'
import { errorPage } from './error.ts'
import { renderPage } from './layout.ts'
import { englishTexts, type PageError, type PageTexts } from './texts.ts'

const statuses: Readonly<Partial<Record<PageError, number>>> = {
  cross_site: 403,
  foreign_browser: 403,
  rate_limited: 429,
  busy: 503,
  failed: 503,
}

/** Makes the pages of a server: the words, the name, and a fresh nonce for each answer. */
export function createPages(settings: PageSettings, random: Random): Context['pages'] {
  const { product = 'Telamon', provider = 'sign-in' } = settings
  const texts: PageTexts = { ...englishTexts, ...settings.texts }
  const { language } = texts

  const show: Context['pages']['show'] = ({ status = 200, ...page }) =>
    renderPage({ ...page, status, language, product }, randomText(random, 16))

  return {
    product,
    provider,
    texts,
    show,
    error(error, { retryAfterMs } = {}) {
      const status = statuses[error] ?? 400
      const reply = show({ ...errorPage(error, texts), status, form: { kind: 'none' } })
      if (status === 429 || status === 503)
        reply.headers.set('retry-after', String(Math.max(1, Math.ceil((retryAfterMs ?? 30_000) / 1000))))
      return reply
    },
  }
}
