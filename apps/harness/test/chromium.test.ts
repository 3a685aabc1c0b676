import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'

import { createAgent } from '../src/agents/agent.ts'
import { createIdentity } from '../src/agents/identity.ts'
import { findChromium, launchChromium } from '../src/browser/chromium.ts'
import { demoForFile } from './support/demo.ts'
import { listenForRedirect } from './support/redirect-listener.ts'

const required = (process.env['TELAMON_REQUIRE_BROWSER'] ?? '') !== ''
const missing = findChromium() === undefined && !required
if (missing) {
  console.error(
    'Tests in a real browser are skipped: no Chromium was found. Install it, or set CHROME_PATH. TELAMON_REQUIRE_BROWSER=1 makes this a failure.',
  )
}

describe.skipIf(missing)('in Chromium', () => {
  const demo = demoForFile()
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })

  interface Tab {
    readonly page: Page
    /** Complaints of the browser: errors in the console, refusals by a page's policy, failed scripts. */
    readonly complaints: readonly string[]
  }

  async function openTab(options: BrowserContextOptions = {}): Promise<Tab> {
    const context = await browser?.newContext(options)
    if (context === undefined) throw new Error('There is no browser.')
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()} ${message.text()}`)
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, complaints }
  }

  /** Signs in as Maya in a tab, by one way of using it, and searches where only some may look. */
  async function searchAfter(use: (page: Page) => Promise<void>, { page }: Tab): Promise<string> {
    const { url: redirectUrl, arrived } = await listenForRedirect()
    const identity = createIdentity(
      { person: 'Maya Lindqvist' },
      {
        redirectUrl,
        async walk(authorization) {
          await page.goto(authorization.href)
          await use(page)
          return arrived
        },
      },
    )
    const agent = await createAgent({ url: demo().mcp, person: 'Maya Lindqvist', identity })
    const { text } = await agent.call('searchJiraIssuesUsingJql', {
      cloudId: 'brightwater-demo',
      jql: 'project = HIRE',
    })
    await agent.close()
    return text
  }

  test('a person signs in on the consent page, and nothing that a page wants is refused', async () => {
    const tab = await openTab()
    expect(await searchAfter(byPointer, tab)).toContain('Candidate 4: second conversation')
    expect(tab.complaints).toEqual([])
  })

  test('a person without JavaScript signs in as well', async () => {
    const tab = await openTab({ javaScriptEnabled: false })
    expect(await searchAfter(byPointer, tab)).toContain('Candidate 4: second conversation')
    expect(tab.complaints).toEqual([])
  })

  test('a person signs in by the keyboard alone', async () => {
    const tab = await openTab()
    expect(await searchAfter(byKeyboard, tab)).toContain('Candidate 4: second conversation')
    expect(tab.complaints).toEqual([])
  })

  test('a double click, the Back button and a second tab spoil nothing', async () => {
    const tab = await openTab()
    const answer = await searchAfter(async (page) => {
      const second = await page.context().newPage()
      await second.goto(page.url())
      await page.getByRole('button', { name: 'Continue to Atlassian' }).dblclick()
      await page.getByRole('button', { name: /^Maya Lindqvist/ }).waitFor()
      await page.goBack()
      await page.getByRole('button', { name: 'Continue to Atlassian' }).click()
      await page.getByRole('button', { name: /^Maya Lindqvist/ }).waitFor()
      await second.getByRole('button', { name: 'Continue to Atlassian' }).click()
      await finish(page)
      // The request has given its code: what is left of it in the other tab ends on a page that says so.
      await second.getByRole('button', { name: /^Maya Lindqvist/ }).click()
      await second.getByRole('button', { name: 'Accept' }).click()
      await second.getByRole('heading', { name: 'This sign-in is over' }).waitFor()
    }, tab)
    expect(answer).toContain('Candidate 4: second conversation')
    expect(tab.complaints).toEqual([])
  })

  test('T27 a hostile name of a client is text, wherever it stands, and moves nothing', async () => {
    const { page, complaints } = await openTab({ viewport: { width: 400, height: 800 } })
    const names = [
      '<img src=x onerror=alert(1)>',
      '"><script>alert(1)</script>',
      '\u202Eetirw',
      'W'.repeat(2000),
    ]
    for (const name of names) {
      const redirect = 'http://127.0.0.1:33421/callback'
      const registered = await fetch(`${demo().origin}/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_name: name, redirect_uris: [redirect] }),
      })
      const { client_id: id } = Client.parse(await registered.json())
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: id,
        redirect_uri: redirect,
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      })
      await page.goto(`${demo().origin}/authorize?${query.toString()}`)
      expect(await page.evaluate<number>(overhang)).toBe(0)
      expect(await page.locator('img, script').count()).toBe(0)
      await expect(seriousFaults(page)).resolves.toEqual([])
    }
    expect(complaints).toEqual([])
  })

  test('T26 a page of ours stays blank in a frame', async () => {
    const { page } = await openTab()
    await page.route('http://127.0.0.1:9/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${demo().origin}/account"></iframe>` }),
    )
    await page.goto('http://127.0.0.1:9/')
    const frame = page.frames().find((each) => each !== page.mainFrame())
    expect(frame?.url()).toBe('chrome-error://chromewebdata/')
    expect(await frame?.getByText('connections').count()).toBe(0)
  })

  test.each(['light', 'dark'] as const)(
    'nothing on the pages of a sign-in or of connections keeps anybody out, %s',
    async (colorScheme) => {
      const tab = await openTab({ colorScheme, viewport: { width: 400, height: 800 } })
      const { page } = tab
      const faults: string[] = []
      const look = async (): Promise<void> => {
        faults.push(...(await seriousFaults(page)))
        expect([page.url(), await page.evaluate<number>(overhang)]).toEqual([page.url(), 0])
      }
      await searchAfter(async () => {
        await look()
        await page.locator('summary').click()
        await page.getByLabel('Read only').check()
        expect(await page.getByText('write:jira-work').isVisible()).toBe(false)
        await look()
        await page.getByRole('button', { name: 'Continue to Atlassian' }).click()
        await page.getByRole('button', { name: /^Maya Lindqvist/ }).click()
        await page.getByRole('button', { name: 'Accept' }).click()
        await page.getByRole('button', { name: 'Allow the chosen sites' }).click()
        await look()
        await page.getByRole('checkbox', { name: /^brightwater-demo/ }).check()
        await page.getByRole('button', { name: 'Allow the chosen sites' }).click()
      }, tab)
      await page.goto(`${demo().origin}/account`)
      await look()
      await page.getByRole('button', { name: 'Sign in with Atlassian' }).click()
      await page.getByRole('button', { name: /^Maya Lindqvist/ }).click()
      await page.getByRole('button', { name: 'Accept' }).click()
      await page.getByRole('heading', { name: 'Your connections' }).waitFor()
      await look()
      await page
        .getByRole('button', { name: /^End connection/ })
        .first()
        .click()
      await page.getByRole('status').waitFor()
      await look()
      await page.goto(`${demo().origin}/callback?state=x`)
      await look()
      expect(faults).toEqual([])
      expect(tab.complaints.filter((words) => !words.includes('400 (Bad Request)'))).toEqual([])
    },
  )

  test('the landing page and the pages of the simulated site show no complaint', async () => {
    const { page, complaints } = await openTab({ viewport: { width: 400, height: 800 } })
    const [site = ''] = Object.values(demo().sites)
    for (const address of [demo().origin, site]) {
      await page.goto(address)
      expect([address, await page.evaluate<number>(overhang)]).toEqual([address, 0])
    }
    expect(complaints).toEqual([])
  })
})

/** What axe holds against a page that keeps people out: `serious` and `critical`, each with where it is. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
  return AxeResults.parse(found)
    .violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const AxeResults = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
})
const Client = z.object({ client_id: z.string() })

async function byPointer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to Atlassian' }).click()
  await finish(page)
}

/** From Atlassian's sign-in to the client. */
async function finish(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Maya Lindqvist/ }).click()
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('checkbox', { name: /^brightwater-demo/ }).check()
  await page.getByRole('button', { name: 'Allow the chosen sites' }).click()
}

async function byKeyboard(page: Page): Promise<void> {
  await press(page, /^Continue to Atlassian/, 'Enter')
  await press(page, /^Maya Lindqvist/, 'Enter')
  await press(page, /^Accept/, 'Enter')
  await press(page, /^brightwater-demo/, 'Space')
  await press(page, /^Allow the chosen sites/, 'Enter')
}

/** By how much a page is wider than its window. */
const overhang = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

/** What a person reads on what has the focus, or beside it. */
const focusedName =
  "(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.trim() ?? ''"

const MOST_STEPS = 40

/** Goes on with Tab until something with this name has the focus, and presses a key there. */
async function press(page: Page, name: RegExp, key: 'Enter' | 'Space'): Promise<void> {
  await page.waitForLoadState()
  const passed: string[] = []
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(focusedName)
    passed.push(focused)
    if (!name.test(focused)) continue
    const moved = key === 'Enter' ? page.waitForEvent('framenavigated') : undefined
    await page.keyboard.press(key)
    await moved
    return
  }
  throw new Error(`Tab never reached ${name} on ${page.url()}. It passed: ${passed.join(' | ')}`)
}
