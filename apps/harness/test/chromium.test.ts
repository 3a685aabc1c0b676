import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

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

async function byPointer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to Atlassian' }).click()
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
