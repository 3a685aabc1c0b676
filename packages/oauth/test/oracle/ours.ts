import { createBench, issuer, resource } from '../bench/bench.ts'
import type { Target } from './target.ts'

/** Our own authorization server, in this process. */
export function openOurs(): Target {
  const unlimited = { capacity: 1e9, everyMs: 1 }
  const bench = createBench({ policy: { registrationPerAddress: unlimited, registrationInAll: unlimited } })
  return {
    issuer,
    resource,
    send: (request) => bench.send(request),
    browser: bench.browser,
    async agree(browser, authorization, redirectUri) {
      const stopAt = [redirectUri]
      const page = await browser.open(authorization, { stopAt })
      if (!page.body.includes('name="csrf"')) return page.url
      return (await browser.submit(page, { access: 'write', decision: 'approve' }, { stopAt })).url
    },
    pass: bench.clock.pass,
    close: async () => undefined,
  }
}
